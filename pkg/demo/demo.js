// The language of the page; the element follows it.

const words = {
  en: {
    title: 'May this group be assisted? · Placet',
    languages: 'Language',
    private: 'Nothing that you choose or answer here leaves this page.',
  },
  fr: {
    title: 'Ce groupe peut-il recevoir une aide ? · Placet',
    languages: 'Langue',
    private: 'Rien de ce que vous choisissez ou répondez ici ne quitte cette page.',
  },
  ar: {
    title: 'هل يجوز تقديم المساعدة إلى هذه المجموعة؟ · Placet',
    languages: 'اللغة',
    private: 'لا يغادر هذه الصفحة شيءٌ مما تختاره أو تجيب به هنا.',
  },
};

const choices = [...document.querySelectorAll('nav button')];

function speak(language) {
  const page = document.documentElement;
  page.lang = language;
  page.dir = language === 'ar' ? 'rtl' : 'ltr';
  document.title = words[language].title;
  document.querySelector('nav').setAttribute('aria-label', words[language].languages);
  for (const element of document.querySelectorAll('[data-words]')) element.textContent = words[language][element.dataset.words];
  for (const choice of choices) choice.setAttribute('aria-pressed', String(choice.value === language));
}

for (const choice of choices) choice.addEventListener('click', () => speak(choice.value));
