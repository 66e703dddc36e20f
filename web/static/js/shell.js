/* The frame's small conveniences. Every page works without this file. Baseline: Chromium 86, no inline code (CSP). */
(function () {
  "use strict";

  function typing(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "checkbox" && target.type !== "radio";
  }

  // "/" goes to the search box.
  document.addEventListener("keydown", function (event) {
    var box = document.querySelector(".search input");
    if (event.key !== "/" || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || !box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // The large-text switch acts at once; its address only keeps the choice in a cookie.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-large]"), root = document.documentElement;
    if (!link || !window.fetch || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    var large = root.dataset.size !== "lg", address = new URL(link.href);
    if (large) root.dataset.size = "lg"; else delete root.dataset.size;
    link.toggleAttribute("data-on", large);
    address.searchParams.set("size", large ? "lg" : "md");
    window.fetch(address, { redirect: "manual", credentials: "same-origin" });
  });

  // Messages go when told to; good news goes by itself.
  document.addEventListener("click", function (event) {
    var dismiss = event.target.closest("[data-dismiss]"), back = event.target.closest("[data-back]");
    if (dismiss) dismiss.closest("[data-toast]").remove();
    if (back && window.history.length > 1) {
      event.preventDefault();
      window.history.back();
    }
  });
  Array.prototype.forEach.call(document.querySelectorAll(".toast-success, .toast-info"), function (toast) {
    window.setTimeout(function () { toast.remove(); }, 7000);
  });

  // A form is sent once: a second click on its button does nothing.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    window.setTimeout(function () { delete form.dataset.sent; }, 4000);
  });

  // Requests of htmx carry the CSRF token; a page that was signed out goes to the sign-in.
  document.addEventListener("htmx:configRequest", function (event) {
    event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
  });
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status === 401) window.location.reload();
  });
})();
