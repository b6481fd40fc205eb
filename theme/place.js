// A link to another language leads to the same heading. Nothing is stored; without script it leads to the same page.
for (const link of document.querySelectorAll(".languages a, .notice a")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}
