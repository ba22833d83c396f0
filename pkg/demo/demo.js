// The language of the page; the element follows it.

const words = {
  en: {
    question: 'Who may be assisted?',
    languages: 'Language',
    about: 'Five proposals on assistance to armed groups in Libya, 2014 to 2025, as their authors meant them.',
  },
  fr: {
    question: 'Qui peut recevoir une assistance ?',
    languages: 'Langue',
    about: 'Cinq propositions sur l’assistance aux groupes armés en Libye, de 2014 à 2025, telles que leurs auteurs les entendaient.',
  },
  ar: {
    question: 'من يجوز أن يتلقى المساعدة؟',
    languages: 'اللغة',
    about: 'خمسة مقترحات بشأن مساعدة المجموعات المسلحة في ليبيا، من 2014 إلى 2025، كما قصدها أصحابها.',
  },
};

const choices = [...document.querySelectorAll('nav button')];

function setLanguage(language) {
  const page = document.documentElement;
  page.lang = language;
  page.dir = language === 'ar' ? 'rtl' : 'ltr';
  document.title = `${words[language].question} · Placet`;
  document.querySelector('nav').setAttribute('aria-label', words[language].languages);
  for (const element of document.querySelectorAll('[data-words]')) element.textContent = words[language][element.dataset.words];
  for (const choice of choices) choice.setAttribute('aria-pressed', String(choice.value === language));
}

for (const choice of choices) choice.addEventListener('click', () => setLanguage(choice.value));
