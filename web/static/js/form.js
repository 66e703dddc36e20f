/* Forms: conditions, keyboard, table rows, drafts. Every form works without this file. Chromium 86, no inline code. */
(function () {
  "use strict";

  function valueOf(form, name) {
    var found = form.elements[name];
    if (!found) return "";
    var list = found.length !== undefined && !found.options ? Array.prototype.slice.call(found) : [found];
    if (list[0].type === "radio") {
      var picked = list.filter(function (input) { return input.checked; })[0];
      return picked ? picked.value : "";
    }
    if (list[0].type === "checkbox") {
      if (list.length === 1) return list[0].checked;
      return list.filter(function (input) { return input.checked; }).map(function (input) { return input.value; });
    }
    return list[0].value;
  }

  function holds(condition, given) {
    switch (condition.op) {
      case "eq": return given === condition.value;
      case "ne": return given !== condition.value;
      case "in": return condition.value.indexOf(given) >= 0;
      case "contains": return Array.isArray(given) && given.indexOf(condition.value) >= 0;
      default: return Boolean(given) && given.length !== 0;
    }
  }

  function showAndHide(form) {
    form.querySelectorAll("[data-when]").forEach(function (field) {
      var condition = JSON.parse(field.dataset.when);
      var parent = form.querySelector('[data-key="' + condition.field + '"]');
      var on = !(parent && parent.hidden) && holds(condition, valueOf(form, condition.field));
      field.hidden = !on;
      field.querySelectorAll("input,select,textarea").forEach(function (input) { input.disabled = !on; });
    });
    form.querySelectorAll(".form-section").forEach(function (section) {
      var fields = section.querySelectorAll(".field");
      section.hidden = fields.length > 0 && !section.querySelector(".field:not([hidden])");
    });
  }

  function nextField(form, from) {
    var inputs = form.querySelectorAll("input:not([type=hidden]),select,textarea,button[type=submit]");
    var reachable = Array.prototype.filter.call(inputs, function (input) {
      var second = input.type === "radio" && !input.checked && input !== form.querySelector('[name="' + input.name + '"]');
      return !input.disabled && input.offsetParent && !second;
    });
    var next = reachable[reachable.indexOf(from) + 1];
    if (next) {
      next.focus();
      if (next.select) next.select();
    }
  }

  function onKey(form, event) {
    if (event.isComposing || event.keyCode === 229) return; // Enter of an input method is not ours
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Enter" && event.target.matches("input:not([type=file]),select")) {
      event.preventDefault();
      nextField(form, event.target);
    } else if (event.target.type === "radio" && /^[1-9]$/.test(event.key)) {
      var picked = form.querySelectorAll('[name="' + event.target.name + '"]')[event.key - 1];
      if (picked) {
        picked.checked = true;
        picked.focus();
        picked.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
  }

  function number(body, table) {
    Array.prototype.forEach.call(body.rows, function (row, index) {
      row.querySelector(".number").textContent = index + 1;
      row.querySelectorAll("[name]").forEach(function (input) {
        var column = input.name.split("-").pop();
        input.name = table + "-" + index + "-" + column;
        input.id = input.name;
      });
      row.querySelectorAll("label").forEach(function (label) {
        label.htmlFor = label.parentElement.querySelector("[name]").id;
      });
    });
  }

  function rows(form) {
    form.querySelectorAll("[data-rows]").forEach(function (box) {
      var body = box.querySelector("tbody"), table = box.dataset.rows;
      box.addEventListener("click", function (event) {
        var remove = event.target.closest("[data-remove-row]");
        if (event.target.closest("[data-add-row]")) {
          var copy = body.rows[0].cloneNode(true);
          copy.querySelectorAll("input,select,textarea").forEach(function (input) { input.value = ""; });
          body.appendChild(copy);
          number(body, table);
          copy.querySelector("input,select,textarea").focus();
        } else if (remove && body.rows.length > 1) {
          remove.closest("tr").remove();
          number(body, table);
        }
        keep(form);
      });
    });
  }

  // --- drafts: kept while one types; a draft that could not be kept is said, and guards the page against leaving
  var timer = null, lost = false;

  function keep(form) {
    if (!form.dataset.draftUrl) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { send(form); }, 800);
  }

  function send(form) {
    var status = form.querySelector("[data-draft-status]");
    var headers = { "X-CSRFToken": form.elements.csrf_token.value, "X-Requested-With": "fetch" };
    window.fetch(form.dataset.draftUrl, { method: "POST", body: new FormData(form), headers: headers, credentials: "same-origin", keepalive: true })
      .then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        lost = false;
        var now = new Date();
        if (status) status.textContent = status.dataset.kept + " " + ("0" + now.getHours()).slice(-2) + ":" + ("0" + now.getMinutes()).slice(-2);
      })
      .catch(function () {
        lost = true;
        if (status) status.textContent = status.dataset.failed;
      });
  }

  document.querySelectorAll("form.form").forEach(function (form) {
    form.addEventListener("change", function () { showAndHide(form); });
    form.addEventListener("input", function () { keep(form); });
    form.addEventListener("keydown", function (event) { onKey(form, event); });
    form.addEventListener("focusout", function (event) {
      if (!event.target.dataset || !("date" in event.target.dataset)) return;
      var day = /^(\d{4})(\d{2})(\d{2})$/.exec(event.target.value.trim());
      if (day) event.target.value = day[1] + "-" + day[2] + "-" + day[3];
    });
    form.addEventListener("submit", function () { window.clearTimeout(timer); lost = false; });
    rows(form);
    showAndHide(form);
  });
  window.addEventListener("beforeunload", function (event) {
    if (lost) event.preventDefault();
  });
  var summary = document.getElementById("error-summary");
  if (summary) summary.focus();
})();
