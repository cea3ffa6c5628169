// Turns on GOV.UK Frontend's scripts where the browser has them. Every page works without this file.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

const { initAll } = await import(document.body.dataset.govuk);
initAll();

// In a form that asks for it, a number chooses: only while the focus is in the form, and never while words are typed.
for (const form of document.querySelectorAll("form[data-keys]"))
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("textarea, input[type=text]")) return;
    const choice = form.querySelector(`input[data-key="${CSS.escape(event.key)}"]`);
    if (choice === null) return;
    choice.checked = true;
    choice.focus();
    event.preventDefault();
  });
