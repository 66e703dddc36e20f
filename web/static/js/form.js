/*
 * Forms drawn by _form.html. Every form works without this file; with it:
 * fields that do not apply are hidden · Enter goes to the next field, Ctrl+Enter submits, a digit picks a radio ·
 * 20261120 becomes 2026-11-20 · table rows come and go · characters are counted · a form is sent once · drafts are kept.
 * Baseline: Chromium 86, ES2017, no inline code, no eval (CSP).
 */
(function () {
  "use strict";

  const DRAFT_DELAY = 800; // ms after the last key
  const FULL_WIDTH = /[\uff01-\uff5e]/g;

  function all(root, selector) {
    return Array.from(root.querySelectorAll(selector));
  }

  // --- conditional fields (forms.definition.Condition.holds says the same on the server) ---
  function valueOf(form, key) {
    const controls = all(form, `[name="${key}"]`);
    if (!controls.length) return "";
    if (controls[0].type === "radio") {
      const chosen = controls.find((control) => control.checked);
      return chosen ? chosen.value : "";
    }
    if (controls[0].type !== "checkbox") return controls[0].value.trim();
    if (controls.length === 1 && controls[0].value === "true") return String(controls[0].checked); // a yes or no
    return controls.filter((control) => control.checked).map((control) => control.value);
  }

  function holds(condition, value) {
    const wanted = condition.value;
    switch (condition.op) {
      case "eq": return value === String(wanted);
      case "ne": return value !== String(wanted);
      case "in": return wanted.map(String).includes(value);
      case "min": return /^\d{1,15}$/.test(narrowed(value)) && Number(narrowed(value)) >= wanted;
      case "contains": return Array.isArray(value) && value.includes(String(wanted));
      default: return value.length > 0 && value !== "false";
    }
  }

  function tickWhatFollows(form) {
    all(form, "[data-ticks]").forEach((field) => JSON.parse(field.dataset.ticks).forEach(({ option, when }) => {
      const box = field.querySelector(`input[value="${option}"]`);
      if (holds(when, valueOf(form, when.field))) box.checked = true; // the server adds it too
    }));
  }

  function showWhatApplies(form) {
    tickWhatFollows(form);
    const hidden = new Set();
    all(form, "[data-field]").forEach((field) => {
      if (field.dataset.when) {
        const condition = JSON.parse(field.dataset.when);
        const shown = !hidden.has(condition.field) && holds(condition, valueOf(form, condition.field));
        field.hidden = !shown;
        all(field, "input, select, textarea").forEach((control) => { control.disabled = !shown; });
      }
      if (field.hidden) hidden.add(field.dataset.field);
    });
    all(form, ".form-section").forEach((section) => {
      section.hidden = all(section, "[data-field]").every((field) => field.hidden);
    });
  }

  // --- typing ---
  function narrowed(text) {
    return text.trim().replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  }

  function spellDate(control) {
    const day = /^(\d{4})(\d{2})(\d{2})$/.exec(narrowed(control.value));
    const minute = /^(\d{4})(\d{2})(\d{2}) ?(\d{2}):?(\d{2})$/.exec(narrowed(control.value));
    if (day && "date" in control.dataset) control.value = day.slice(1).join("-");
    if (minute && "datetime" in control.dataset) {
      control.value = `${minute.slice(1, 4).join("-")} ${minute[4]}:${minute[5]}`;
    }
  }

  function count(counter) {
    const control = document.getElementById(counter.id.replace(/-count$/, ""));
    const most = Number(counter.dataset.count);
    const length = Array.from(control.value.trim()).length; // characters, as the server counts them
    counter.textContent = `${length} / ${most}`;
    counter.classList.toggle("too-long", length > most);
  }

  // --- keyboard ---
  function stops(form) {
    const seen = new Set();
    return all(form, "input, select, textarea, button[type=submit]").filter((control) => {
      if (control.disabled || control.type === "hidden" || !control.offsetParent) return false;
      if (control.type !== "radio") return true;
      if (seen.has(control.name)) return false;
      seen.add(control.name);
      return true;
    }).map((control) => form.querySelector(`input[type=radio][name="${control.name}"]:checked`) || control);
  }

  function focusNext(form, control) {
    const places = stops(form);
    const here = places.findIndex((place) => place === control || (control.type === "radio" && place.name === control.name));
    const next = places[here + 1];
    if (!next) return;
    next.focus();
    if (next.select) next.select();
  }

  function pickByDigit(control, digit) {
    const group = control.closest("[data-digits]");
    const option = group && all(group, "input[type=radio]")[digit - 1];
    if (!option) return;
    option.checked = true;
    option.focus();
    option.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function onKey(form, event) {
    const control = event.target;
    if (event.isComposing || event.keyCode === 229) return; // the input method's own Enter and digits
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Enter" && control.matches("input:not([type=file]), select")) {
      event.preventDefault();
      focusNext(form, control);
    } else if (control.type === "radio" && /^[1-9]$/.test(event.key) && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      pickByDigit(control, Number(event.key));
    }
  }

  // --- tables ---
  const rowsOf = (table) => all(table, "tbody > tr");

  function numberRows(table) {
    rowsOf(table).forEach((row, index) => {
      all(row, "[data-row-label]").forEach((label) => {
        label.textContent = label.dataset.rowLabel.replace("{n}", index + 1);
      });
    });
    table.querySelector("[data-add-row]").hidden = rowsOf(table).length >= Number(table.dataset.maxRows);
  }

  function addRow(table) {
    const index = table.dataset.nextRow;
    const text = table.querySelector("template").innerHTML.replace(/__row__/g, index);
    table.querySelector("tbody").insertAdjacentHTML("beforeend", text);
    table.dataset.nextRow = String(Number(index) + 1);
    const row = rowsOf(table).pop();
    all(row, "[data-remove-row]").forEach((button) => { button.hidden = false; });
    numberRows(table);
    row.querySelector("input, select, textarea").focus();
  }

  function removeRow(table, row) {
    const rows = rowsOf(table);
    if (rows.length === 1) {
      all(row, "input, select, textarea").forEach((control) => { control.value = ""; });
      row.querySelector("input, select, textarea").focus();
      return;
    }
    const neighbour = rows[rows.indexOf(row) + 1] || rows[rows.indexOf(row) - 1];
    row.remove();
    numberRows(table);
    neighbour.querySelector("input, select, textarea").focus();
  }

  function setUpTable(table) {
    all(table, "[data-spare]").forEach((row) => row.remove());
    all(table, "[data-remove-row]").forEach((button) => { button.hidden = false; });
    numberRows(table);
  }

  function onClick(form, event) {
    const risky = event.target.closest("[data-confirm]");
    if (risky && !window.confirm(risky.dataset.confirm)) event.preventDefault();
    const table = event.target.closest("[data-table]");
    if (!table) return;
    if (event.target.closest("[data-add-row]")) addRow(table);
    else if (event.target.closest("[data-remove-row]")) removeRow(table, event.target.closest("tr"));
    else return;
    form.dispatchEvent(new Event("input", { bubbles: true })); // rows are part of the draft
  }

  // --- drafts ---
  const clockTime = () => new Date().toTimeString().slice(0, 5);

  class Draft {
    constructor(form) {
      this.form = form;
      this.status = form.querySelector("[data-draft-status]") || document.querySelector("[data-draft-status]");
      this.dirty = false;
      this.failed = false;
      this.timer = null;
      this.sending = null;
    }

    touch() {
      this.dirty = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), DRAFT_DELAY);
    }

    async save() {
      if (!this.dirty) return;
      this.stop();
      this.dirty = false;
      const sending = new AbortController();
      this.sending = sending;
      try {
        this.tell(this.status && this.status.dataset.keeping);
        const answer = await fetch(this.form.dataset.draftUrl, {
          method: "POST",
          headers: { "X-Requested-With": "fetch" }, // asks for a bare answer; the CSRF token is among the fields
          body: new URLSearchParams(new FormData(this.form)),
          credentials: "same-origin",
          signal: sending.signal,
        });
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status)); // redirected: signed out
        this.failed = false;
        this.tell(this.status && `${this.status.dataset.kept} ${clockTime()}`);
      } catch (error) {
        if (sending.signal.aborted) return; // a newer one is on its way, or the form itself
        this.dirty = true;
        this.failed = true;
        this.tell(this.status && this.status.dataset.failed);
      }
    }

    stop() {
      clearTimeout(this.timer);
      if (this.sending) this.sending.abort();
      this.sending = null;
    }

    tell(text) {
      if (!this.status) return;
      this.status.textContent = text || "";
      this.status.classList.toggle("failed", this.failed);
    }
  }

  function keepDrafts(form) {
    const draft = new Draft(form);
    form.addEventListener("input", () => draft.touch());
    form.addEventListener("change", () => draft.touch());
    form.addEventListener("focusout", () => draft.save());
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      draft.stop(); // a draft that arrives after the form would bring back what was handed in
      draft.dirty = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (!draft.failed || !draft.dirty) return;
      event.preventDefault();
      event.returnValue = "";
    });
  }

  // --- sending once ---
  function sendOnce(form) {
    const buttons = () => all(form, "button[type=submit]");
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (sent) event.preventDefault();
      sent = true;
      setTimeout(() => buttons().forEach((button) => { button.disabled = true; }), 0); // after its own value is taken
    });
    window.addEventListener("pageshow", (event) => { // back from the next page
      if (!event.persisted) return;
      sent = false;
      buttons().forEach((button) => { button.disabled = false; });
    });
  }

  function setUp(form) {
    form.noValidate = true;
    all(form, "[data-table]").forEach(setUpTable);
    all(form, "[data-count]").forEach(count);
    showWhatApplies(form);
    form.addEventListener("change", () => showWhatApplies(form));
    form.addEventListener("input", (event) => {
      showWhatApplies(form);
      const counter = event.target.id && document.getElementById(`${event.target.id}-count`);
      if (counter) count(counter);
    });
    form.addEventListener("focusout", (event) => { if (event.target.dataset) spellDate(event.target); });
    form.addEventListener("keydown", (event) => onKey(form, event));
    form.addEventListener("click", (event) => onClick(form, event));
    sendOnce(form);
    if (form.dataset.draftUrl) keepDrafts(form);
    const errors = form.querySelector("[data-error-summary]");
    if (errors) errors.focus();
    form.dataset.ready = "true";
  }

  new Set(all(document, "form [data-fields]").map((fields) => fields.closest("form"))).forEach(setUp);
})();
