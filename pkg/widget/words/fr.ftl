### The texts of the element in French.
###
### A verdict is « éligible », « non éligible » or « indéterminé », which fit a group and a person alike. Spaces before ; ! ?
### are narrow and unbreakable (U+202F), those before : and within « » unbreakable (U+00A0); the apostrophe is ’.

## start, question, frame

frame-back = Retour
frame-clear = Tout effacer
frame-clear-title = Tout effacer ?
frame-clear-text = Cela supprime le dossier et toutes les réponses. Rien n’a été enregistré ni envoyé : ils ne peuvent pas être rétablis.
frame-keep = Les conserver
frame-questions = Poursuivre les questions
frame-dossiers = { $count ->
    [0] Aucun dossier
    [one] Un dossier
   *[other] { $count } dossiers
  }
frame-in-english = Les textes sans traduction sont en anglais.
frame-loading = Chargement…
frame-mistake = Erreur :
frame-mistakes = Il y a un problème
frame-required = Une décision est requise.

start-policy = Choisissez une politique
start-policy-text = Tout reste sur cet appareil : rien n’est enregistré ni envoyé.
start-policy-none = Cette page ne propose aucune politique.
start-in-force-from = En vigueur à partir du { $from }
start-in-force-until = En vigueur jusqu’au { $until }
start-in-force-between = En vigueur du { $from } au { $until }
start-case = De qui s’agit-il ?
start-shipped = Choisir un dossier
start-dossier = Dossier
start-open = Ouvrir
start-wrong-dossier = Choisissez un dossier
start-all = { $count ->
    [one] L’ouvrir
   *[other] Comparer les { $count }
  }
start-own = Ouvrir vos propres fichiers
start-file = Dossiers
start-file-hint = Choisissez des fichiers ou déposez-les ici : Placet, JSON ou CSV. Ils ne quittent pas cet appareil.
start-file-hint-data = Choisissez des fichiers ou déposez-les ici : JSON ou CSV. Ils ne quittent pas cet appareil.
start-begin = Commencer par des questions
start-name = Nom
start-name-hint = Le nom du sujet, tel qu’il doit figurer sur la page imprimée.
start-kind = Catégorie
start-circumstances = Circonstances connues
start-circumstances-hint = Des faits qu’il est inutile de demander, par exemple sur le pays.
start-circumstances-none = Aucune : poser les questions
start-wrong-name = Saisissez un nom
start-scope = Que faut-il décider ?
start-several = { $count ->
    [one] La décision porte sur un dossier.
   *[other] La décision porte sur { $count } dossiers, côte à côte.
  }
start-types = Types d’assistance
start-types-all = Tout choisir
start-types-none = Ne rien choisir
start-wrong-types = Choisissez au moins un type d’assistance
start-day = Pour quel jour ?
start-day-hint = Les règles et les déclarations s’appliquent telles qu’elles sont ce jour-là, par exemple 15 2 2016.
start-day-hint-dossier = La date du dossier, sauf si vous la changez.
start-day-hint-differ = Les dossiers ont des dates différentes : choisissez-en une pour tous.
start-wrong-day-from = Cette politique s’applique à partir du { $from }. Saisissez ce jour ou un jour postérieur.
start-wrong-day-until = Cette politique s’appliquait jusqu’au { $until }. Saisissez ce jour ou un jour antérieur.
start-wrong-day-form = « { $day } » n’est pas une date : la page doit écrire les dates sous la forme 2026-03-05.
start-today = Choisir aujourd’hui
start-continue = Continuer

question-answered = { $count ->
    [0] Aucune réponse donnée
    [one] Une réponse donnée
   *[other] { $count } réponses données
  }
question-left = { $count ->
    [0] plus aucune question
    [one] encore une question environ
   *[other] encore { $count } questions environ
  }
question-counts = Ce qui compte :
question-yes = Oui
question-no = Non
question-or = ou
question-unknown = Je ne sais pas
question-unknown-hint = La question reste ouverte ; le résultat montre si elle importe.
question-disagree = Les sources divergent
question-continue = Continuer
question-result = Voir le résultat provisoire
question-wrong-choice = Choisissez une réponse, ou « Je ne sais pas »

question-status-known = Connu jusqu’ici :
question-status-known-in-part = Connu en partie :
question-status-unknown = Déclarations qui ne comptent pas :
question-status-presumed = Présumé, faute de déclaration :
question-status-presumed-left-out = Présumé, car aucune déclaration ne compte :
question-status-contested = Les sources divergent. Votre réponse remplace leurs déclarations :
question-no-source = aucune source indiquée
question-lines = { $many ->
    [true] lignes { $lines }
   *[false] ligne { $lines }
  }
question-why = Pourquoi cette question ? (règles en anglais)
question-why-text = { $count ->
    [one] La réponse importe pour cette règle :
   *[other] La réponse importe pour ces { $count } règles, la plus importante d’abord :
  }
question-why-more = { $count ->
    [one] Et une autre règle.
   *[other] Et { $count } autres règles.
  }
question-basis-stated = énoncé par son auteur
question-basis-derived = déduit du document

question-put-number = Un nombre
question-put-date = Une date
question-put-name = Un nom
question-way = Avec quelle précision est-ce connu ?
question-way-exactly = Exactement
question-way-at-least = Au moins
question-way-at-most = Au plus
question-way-not-before = Pas avant
question-way-not-after = Pas après
question-way-between = Entre
question-and = et
question-day-of = Date
question-day = Jour
question-month = Mois
question-year = Année
question-wrong-number = Saisissez un nombre entier : des chiffres seuls, comme 1500, ou par groupes de trois, comme 1 500
question-wrong-date = Saisissez une date qui existe, par exemple 15 2 2016
question-wrong-year = Écrivez l’année en quatre chiffres
question-put-names = Les nommer

question-none = Aucun
question-no-one = Personne
question-other = Un autre
question-name = Nom
question-add = Ajouter
question-remove = Retirer
question-added = { $name } : ajouté
question-removed = { $name } : retiré
question-no-others = Il n’y en a pas d’autres
question-wrong-name = Saisissez un nom
question-wrong-names = Choisissez ou saisissez au moins un nom, ou choisissez « Aucun »

question-where = D’où vient cette information ?
question-where-open = Votre propre appréciation ; la source est facultative
question-who = Qui le dit ?
question-who-hint = Un document ou une personne ; indiqué à côté de la réponse.
question-when = À quelle date se rapporte-t-elle ?
question-when-hint = La date de l’information, par exemple 15 2 2016.
question-not-rated = Non coté
question-reliability = Quelle est la fiabilité de la source ?
question-reliability-a = entièrement fiable
question-reliability-b = généralement fiable
question-reliability-c = assez fiable
question-reliability-d = généralement peu fiable
question-reliability-e = non fiable
question-reliability-f = ne peut être évaluée
question-credibility = Quelle est la crédibilité du contenu ?
question-credibility-1 = confirmé par d’autres
question-credibility-2 = probablement vrai
question-credibility-3 = peut-être vrai
question-credibility-4 = douteux
question-credibility-5 = improbable
question-credibility-6 = ne peut être évaluée
question-mark-rival = C’est un rival qui le dit
question-mark-subject = C’est le sujet lui-même qui le dit
question-mark-interested = C’est une partie intéressée qui le dit
question-mark-promise = C’est une promesse
question-wrong-who = Indiquez qui le dit
question-wrong-grade = Choisissez à la fois la fiabilité et la crédibilité
question-source = Source { $number }
question-says = Que dit-elle ?
question-wrong-says = Choisissez ce que dit cette source
question-add-source = Ajouter une source
question-remove-source = Retirer cette source
question-source-added = Source ajoutée
question-source-removed = Source retirée
question-sources-hint = Indiquez ce que dit chaque source. Pour consigner seulement qu’elles divergent, retirez-les toutes.
question-wrong-sources = Ajoutez une deuxième source, ou retirez celle-ci

## result, matrix, keep

result-eligible = Éligible
result-ineligible = Non éligible
result-undetermined = Indéterminé
result-title-eligible = Éligible : { $assistance }
result-title-ineligible = Non éligible : { $assistance }
result-title-undetermined = Indéterminé : { $assistance }
result-sentence-eligible = Selon la politique « { $policy } », au { $date }, { $subject } est éligible à l’assistance suivante : { $assistance }.
result-sentence-ineligible = Selon la politique « { $policy } », au { $date }, { $subject } n’est pas éligible à l’assistance suivante : { $assistance }.
result-sentence-undetermined = Selon la politique « { $policy } », au { $date }, il reste à déterminer si { $subject } est éligible à l’assistance suivante : { $assistance }.
result-hinges = { $count ->
    [0] Les faits encore ouverts qui en décident n’ont pas pu être déterminés.
    [one] Un fait encore ouvert en décide.
   *[other] { $count } faits encore ouverts en décident.
  }
result-cut-short = La recherche s’est arrêtée à sa limite : ce qui est affiché est juste, mais il peut exister d’autres raisons, des changements plus petits ou une date plus lointaine.
result-inexact = Ce verdict est prudent : les faits connus suffisent peut-être déjà à trancher.
result-presumptions = Le verdict dépend de présomptions, faute de déclarations :
result-presumptions-left-out = Le verdict dépend de présomptions, car aucune déclaration ne compte :
result-omitted-eligible = Si ce qui suit comptait, le verdict serait : éligible.
result-omitted-ineligible = Si ce qui suit comptait, le verdict serait : non éligible.
result-omitted-undetermined = Si ce qui suit comptait, le verdict serait : indéterminé.
result-omitted-not-found = Des déclarations ont été écartées. La recherche pour savoir si elles changent le verdict est incomplète.
result-omitted-cut-short = La recherche est incomplète : moins de déclarations peuvent suffire.
result-not-in-force = La politique n’était pas en vigueur ce jour-là.

result-verdicts = Verdicts
result-verdicts-on = Concernant { $subject }, selon la politique « { $policy } », au { $date }.
result-choose-type = Choisissez un type d’assistance pour voir les raisons.
result-show-all = Tout afficher en détail
result-alike = Il en va de même pour : { $types }.
result-only = Les raisons ne sont données que pour : { $assistance }.

result-why = Raisons
result-why-eligible = Chaque règle est respectée pour toutes les valeurs des faits encore ouverts. Le verdict dépend de ces faits :
result-together = { $count ->
    [one] Aucune valeur des faits encore ouverts ne permet de respecter cette règle :
   *[other] Chacune de ces règles pourrait encore être respectée à elle seule, mais jamais toutes ensemble :
  }
result-together-with = { $count ->
    [one] Dès lors, aucune valeur des faits encore ouverts ne permet de respecter cette règle :
   *[other] Dès lors, chacune de ces règles pourrait encore être respectée à elle seule, mais jamais toutes ensemble :
  }
result-also = { $count ->
    [one] Une autre raison suffirait aussi à elle seule
   *[other] { $count } autres raisons suffiraient aussi, chacune à elle seule
  }
result-own-words = Le texte de la règle (en anglais)
result-cited = Source :
result-comma = { ", " }
result-semicolon = { " ; " }
result-open = Ouvert
result-left-out = Écarté ({ $why }) :
result-said-unknown = Le dossier indique que cela est inconnu.
result-left-dated-after-the-day-of-the-decision = postérieur au jour de la décision
result-left-not-rated = non coté
result-left-rated-too-low = cote trop basse
result-left-too-old = trop ancien
result-left-not-dated = non daté
result-left-from-a-rival = émane d’un rival
result-left-from-the-subject-itself = émane du sujet lui-même
result-left-from-an-interested-party = émane d’une partie intéressée
result-left-a-promise = promesse
result-left-a-better-rated-source-disagrees = une source mieux cotée le contredit
result-left-a-later-source-disagrees = une source plus récente le contredit
result-left-the-dossier-says-outright-that-this-is-unknown = le dossier indique que c’est inconnu
result-presumed = Présumé, faute de déclaration.
result-presumed-left-out = Présumé, car aucune déclaration ne compte.

result-missing = Ce qui manque ou est contesté
result-missing-nothing = Aucun fait ouvert ne peut changer ce verdict.
result-missing-besides = Les faits connus excluent l’éligibilité. S’ils changent, les faits ouverts énumérés sous « { $title } » doivent être établis eux aussi.
result-missing-count = { $count ->
    [0] Les faits encore ouverts dont dépend le verdict n’ont pas pu être déterminés.
    [one] Le verdict dépend d’un fait encore ouvert.
   *[other] Le verdict dépend de { $count } faits encore ouverts, le plus révélateur d’abord.
  }
result-missing-choose = { $count ->
    [one] Choisissez-le pour y répondre.
   *[other] Choisissez-en un pour y répondre.
  }
result-missing-more = { $count ->
    [one] Un autre fait ouvert
   *[other] { $count } autres faits ouverts
  }
result-status-known = connu
result-status-known-in-part = connu en partie
result-status-unknown = inconnu
result-status-presumed = présumé
result-status-contested = les sources divergent
result-standard = Apprécié selon la norme de preuve « { $standard } »
result-standard-why = Une norme de preuve définit quelles déclarations comptent pour une règle. Les autres sont affichées, mais laissent le fait ouvert.
result-standard-asks = Selon celle-ci, une déclaration ne compte que si toutes ces conditions sont remplies :
result-standard-rated = Elle est cotée { $grade } ou mieux : source { $source }, contenu { $says }.
result-standard-within = Elle date des derniers { $length } avant le jour de la décision.
result-standard-not-rivals = Elle n’émane pas d’un rival.
result-standard-not-subject = Elle n’émane pas du sujet lui-même.
result-standard-not-interested = Elle n’émane pas d’une partie intéressée.
result-standard-not-promises = Elle n’est pas une promesse.
result-unnamed = À demander une fois que l’on sait de qui ou de quoi il s’agit.
result-changes-nothing = Ne change rien à lui seul, dans un sens comme dans l’autre.
result-if-yes = Si oui :
result-if-no = Si non :
result-if = Si { $answer } :
result-matters-to = Importe pour : { $rules }{ $more ->
    [0] .
    [one] {" "}; et une autre règle.
   *[other] {" "}; et { $more } autres règles.
  }

result-changes = Ce qui conduirait à l’éligibilité
result-changes-count = { $count ->
    [one] Ceci suffit :
   *[other] Ces { $count } points réunis suffisent ; un nombre plus petit ne suffit pas :
  }
result-to-change = À changer
result-to-settle = Contestations à trancher
result-to-settle-first = Contestations à trancher d’abord
result-settle-first = Les sources divergent à ce sujet, et le verdict peut en dépendre. Tranchez d’abord ce point.
result-settle-note = Tranchez-les d’abord : les autres changements peuvent dépendre du résultat.
result-to-establish = À établir
result-remedy = Remède :
result-changes-or = { $count ->
    [one] Une autre voie
   *[other] { $count } autres voies
  }
result-way = { $first }{ $more ->
    [0] {""}
    [one] , et un autre point
   *[other] , et { $more } autres points
  }
result-instead = Au lieu de :
result-out-of-reach = Aucun changement possible ne conduirait à l’éligibilité.

result-concerns = Préoccupations
result-concerns-meaning = Les préoccupations ne changent pas le verdict. Il faut les prendre en compte.
result-concerns-raised = { $count ->
    [one] Il faut répondre à une préoccupation.
   *[other] Il faut répondre à { $count } préoccupations.
  }
result-concerns-open = { $count ->
    [one] Reste à savoir si une préoccupation se pose.
   *[other] Reste à savoir si { $count } préoccupations se posent.
  }
result-concern-yes = demande une réponse
result-concern-no = ne se pose pas
result-concern-open = ouverte
result-concern-low = niveau faible
result-concern-medium = niveau moyen
result-concern-high = niveau élevé

result-conditions = Canal et obligations
result-choice-open = Encore ouvert ; l’un de :
result-choice-turns = La règle ci-dessous montre de quoi cela dépend. Les faits qu’aucune question ne demande peuvent être ajoutés au dossier enregistré.
result-obligations = Obligations
result-obligation-open = reste à savoir si elle s’applique
result-due-before = avant la livraison
result-due-during = pendant la livraison
result-due-after = après la livraison
result-due-within-before = dans les { $length } qui précèdent la livraison
result-due-within-after = dans les { $length } qui suivent la livraison
result-due-every = tous les { $length }
result-day = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
  }
result-month = { $count ->
    [one] { $count } mois
   *[other] { $count } mois
  }
result-year = { $count ->
    [one] { $count } an
   *[other] { $count } ans
  }

result-answers = Vos réponses
result-change = Modifier
result-change-answer = Modifier : { $question }
result-answer-idle = Sans effet tant que les autres réponses restent les mêmes.

result-tree = Toutes les règles et leur statut
result-tree-only = Seulement les règles décisives
result-tree-open = Tout déplier
result-tree-close = Tout replier
result-tree-shown = { $shown ->
    [one] { $shown } règle affichée sur { $all }
   *[other] { $shown } règles affichées sur { $all }
  }
result-drawing = Dessin des règles (en anglais)
result-drawing-legend = ✓ comme requis · ✗ pas comme requis · ◌ pas assez connu · ■ vrai, □ faux : en soi, ni pour ni contre
result-rule-met = Respectée
result-rule-failed = Non respectée
result-rule-open = Indéterminée
result-rule-lifted = Levée
result-rule-not-applicable = Sans objet
result-rule-bar-met = Pas d’exclusion
result-rule-bar-failed = Exclusion
result-rule-phase-met = Atteinte
result-rule-phase-failed = Pas encore atteinte
result-lifted = Levée par : { $waiver }.
result-lifted-granted = Levée par : { $waiver }, dérogation accordée par { $by }.
result-node-when = Quand
result-node-needs = Exige
result-node-unless = Sauf si
result-node-begins-when = Commence quand
result-node-begins-early-when = Commence par anticipation quand
result-node-every-earlier-phase-is-reached = Chaque phase antérieure est atteinte
result-node-all-of = Tous ces points
result-node-any-of = L’un de ces points
result-node-none-of = Aucun de ces points
result-node-at-least-of = Au moins { $count } de ces points
result-node-at-most-of = Au plus { $count } de ces points
result-node-exactly-of = Exactement { $count } de ces points
result-node-between-of = Entre { $count } et { $most } de ces points

result-not-asked = Non utilisé par cette politique
result-not-asked-why = Ces déclarations n’emploient pas le vocabulaire de la politique. Elles n’ont pas d’effet sur le verdict.
result-sources = Sources
result-sources-lines = Les numéros de ligne renvoient au texte du document, selon le décompte des auteurs de la politique.
result-record = À propos de cette décision
result-advice = Ceci est un avis, tiré d’une politique écrite et des déclarations sur le cas.
result-authority = La décision appartient à : { $authority }.
result-authority-unnamed = La décision appartient à l’autorité responsable.
result-advised = Ceci est un avis ; la décision appartient à : { $authority }.
result-advised-unnamed = Ceci est un avis ; la décision appartient à l’autorité responsable.
result-version = version { $version }
result-no-limit = Aucune limite connue
result-record-policy = Politique
result-record-hash = Politique, SHA-256
result-record-as-of = En date du
result-record-dossier = Dossier, SHA-256
result-record-bytes = Empreinte du dossier et de tout ce qui compte pour lui, la même dans tous les formats.
result-record-holds-until = Vaut jusqu’au, avec le même dossier
result-record-files = Fichiers, SHA-256
result-record-engine = Calculé par

matrix-title = Qui est éligible à quoi
matrix-under = Selon la politique « { $policy } », au { $date } : { $subjects ->
    [one] un sujet
   *[other] { $subjects } sujets
  }, { $types ->
    [one] un type d’assistance
   *[other] { $types } types d’assistance
  }.
matrix-choose = Choisissez un verdict pour en voir les raisons.
matrix-caption = Verdicts par sujet et par type d’assistance
matrix-subject = Sujet
matrix-filter = Afficher
matrix-all = Tous
matrix-cell = { $verdict } : { $subject }, { $type }
matrix-shown = { $cells ->
    [one] Un verdict
   *[other] { $cells } verdicts
  } pour { $rows ->
    [one] un sujet
   *[other] { $rows } sujets
  }

keep-title = Enregistrer ou imprimer
keep-nothing-stored = Rien n’est stocké ni envoyé. Seul reste ce que vous imprimez ou enregistrez.
keep-print = Imprimer, ou enregistrer en PDF
keep-format = Enregistrer ou copier en tant que
keep-hint = Un dossier enregistré peut être rouvert ici, avec vos réponses.
keep-hint-all = Les verdicts sur tous les sujets, en un seul fichier.
keep-json = Décision, pour des programmes (JSON)
keep-markdown = Décision, à lire et à classer (Markdown, en anglais)
keep-csv = Décision, en tableau (CSV, en anglais)
keep-dossier = Dossier avec vos réponses (Placet)
keep-dossier-json = Dossier avec vos réponses (JSON)
keep-save = Enregistrer le fichier
keep-copy = Copier le texte
keep-saved = { $name } a été remis à votre navigateur pour enregistrement. Si rien n’a été enregistré, copiez plutôt le texte.
keep-copied = Le texte a été copié.
keep-copy-by-hand = Le texte ci-dessous est sélectionné : copiez-le au clavier ou par le menu.
keep-text = Afficher le texte

## errors

error-findings-title = Ce fichier ne peut pas être utilisé tel quel
error-findings-text = { $count ->
    [one] Une erreur a été trouvée, décrite en anglais.
   *[other] { $count } erreurs ont été trouvées, décrites en anglais.
  }
error-findings-own = Corrigez cela et choisissez de nouveau le fichier.
error-findings-page = Ce fichier fait partie de cette page : le responsable de la page doit le corriger.
error-findings-place = { $file }, ligne { $line }, caractère { $column }
error-findings-more = Erreurs trouvées (en anglais)
error-file-other = { $file } n’est pas un dossier. Ouvrez un dossier enregistré ici, ou un CSV avec les colonnes id, title et les faits.
error-file-decision = { $file } est une décision, pas un dossier. Ouvrez le dossier enregistré avec elle.
error-recovered = Une erreur est survenue. Le moteur a été relancé, et vos réponses ont été conservées.
error-blocked-title = Ceci ne peut pas fonctionner ici
error-blocked-text = La page ou le navigateur n’autorise pas WebAssembly, qui est nécessaire. Le responsable de la page peut l’autoriser par 'wasm-unsafe-eval' dans sa politique de sécurité du contenu.
error-crashed-title = Ceci n’a pas pu être calculé
error-crashed-text = Le calcul a échoué deux fois. Vos réponses sont conservées : revenez en arrière et modifiez la dernière, ou réessayez.
error-mistakes-title = La politique ne peut pas être utilisée
error-mistakes-text = Les fichiers que cette page propose contiennent des erreurs.
error-day-title = Aucune décision n’est possible pour ce jour
error-day-choose = Choisir un autre jour
error-other-title = Une erreur est survenue
error-other-text = Message d’erreur (en anglais) :
error-again = Réessayer
