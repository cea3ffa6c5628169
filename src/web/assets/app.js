// Turns on GOV.UK Frontend's scripts where the browser has them. Every page works without this file.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

const { initAll } = await import(document.body.dataset.govuk);
initAll();
