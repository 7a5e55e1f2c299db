/* The register's own script: comfort only. Every page works without it. */

// The summary of errors takes focus when htmx swaps a form in; on a whole page the browser does it.
document.addEventListener("htmx:afterSettle", (event) => {
  event.target.querySelector("[autofocus]")?.focus();
});

// A form sent twice is one form: a second press within three seconds is ignored.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
});
