/** What a human answer seems to say; a person confirms it. */
export type Interest = 'interested' | 'not_interested' | 'not_now' | 'wrong_person'

const any = (...phrases: string[]) => new RegExp(`(?<!\\p{L})(?:${phrases.join('|')})`, 'iu')

const WRONG_PERSON = any(
  'wrong person|not the (?:right|correct|best) (?:person|contact|one)|(?:am|.m|are) not responsible|not in charge|(?:does not|doesn.t|no longer) works? (?:here|with us|for us)|(?:you should|better|please) (?:contact|talk to|speak (?:to|with)|reach out to) (?:my|our|the) (?:colleague|\\w+ (?:team|department))',
  'falscher? (?:ansprechpartner|person|kontakt|adresse)|nicht (?:der |die )?(?:richtige |zuständige?|verantwortlich)|nicht zuständig|zuständig (?:ist|wäre)|wenden sie sich (?:bitte )?an',
  'pas la bonne personne|pas (?:le bon|l.) ?interlocut\\w+|pas (?:en charge|responsable)|(?:adressez|adresser|contacter)[^.\\n]{0,20}(?:collègue|service)',
  'no soy la persona|persona (?:equivocada|indicada)|no (?:me encargo|llevo|soy (?:el|la) responsable)',
  'non sono (?:la persona|io|il referente|il responsabile)|persona sbagliata|non (?:mi occupo|è di mia)',
  'niet de juiste (?:persoon|contactpersoon)|verkeerde (?:persoon|contact)|niet verantwoordelijk|ga ik niet over',
  'n[ãa]o sou (?:a pessoa|o respons[áa]vel|a respons[áa]vel)|pessoa errada|n[ãa]o (?:trato|cuido) d',
  'fel person|inte rätt (?:person|kontakt)|inte ansvarig|inte jag som',
)
const NOT_INTERESTED = any(
  'not interested|(?:no|not any|don.t have (?:any )?|do not have (?:any )?) ?interest|(?:we|i).?(?:.ll|.d| will)? ?(?:have to )?pass\\b|no,? thank(?:s| you)|not (?:for us|a fit|relevant|something we)|(?:already have|happy with) (?:a|our|an) ?(?:\\w+ )?(?:solution|provider|supplier|partner|vendor)|(?:do not|don.t) need|no need',
  'kein(?:e|en)? (?:interesse|bedarf)|nicht interessiert|nein,? danke|(?:haben|brauchen)[^.\\n]{0,30}(?:bereits|schon|nicht)|nicht (?:relevant|passend)',
  'pas intéress|(?:pas|aucun) (?:d.)?intérêt|pas besoin|non,? merci|(?:avons|ai) déjà|ne (?:nous|m.)intéresse',
  'no (?:me|nos|estoy|estamos) (?:interesa|interesad)\\w*|sin interés|no,? gracias|ya (?:tenemos|contamos|trabajamos)|no necesitamos',
  'non (?:sono|siamo|ci|mi) interess\\w+|nessun interesse|no,? grazie|abbiamo già|non abbiamo bisogno|non fa per noi',
  'geen (?:interesse|behoefte)|niet geïnteresseerd|nee,? (?:dank|bedankt)|hebben (?:al|reeds)|niet nodig',
  'n[ãa]o (?:estou|estamos|temos|tenho|h[áa])[^.\\n]{0,15}interes\\w+|sem interesse|n[ãa]o,? obrigad|j[áa] temos|n[ãa]o (?:precisamos|necessitamos)',
  'inte intresser|inget (?:intresse|behov)|nej,? tack|(?:har|använder) redan|behöver (?:inte|ej)',
)
const NOT_NOW = any(
  'not (?:right )?now|not at (?:the|this) (?:moment|time|stage)|(?:maybe|perhaps|get back|come back|reach out|check in|circle back|follow up|touch base|revisit|ping me|try (?:me )?again)[^.\\n]{0,60}(?:later|next|in (?:a few|\\d|the|q\\d|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|the new))|(?:bad|wrong|not (?:a )?(?:good|right)) tim(?:e|ing)|next (?:quarter|year)|too (?:busy|early)|(?:currently|presently) (?:no|not)|later this year',
  '(?:momentan|derzeit|aktuell|zur ?zeit|im moment|gerade|jetzt) (?:kein|nicht|keine|leider)|(?:nicht|kein)[^.\\n]{0,20}(?:momentan|derzeit|aktuell|zurzeit|im moment|jetzt)|(?:später|nächste[ns]? (?:jahr|quartal|monat)|im (?:januar|februar|frühjahr|sommer|herbst|neuen jahr)|in (?:ein|zwei|drei|sechs|\\d)\\w* (?:monat|woch))[^.\\n]{0,40}(?:melden|nochmal|noch einmal|erneut|wieder|kontakt\\w*|sprechen)|zu früh',
  'pas (?:pour le|en ce|dans l.) ?(?:moment|immédiat)|pas maintenant|(?:recontact|revenez|reparl|relanc)\\w*[^.\\n]{0,40}(?:plus tard|mois|année|trimestre|janvier|rentrée|semaines)|plus tard|l.année prochaine',
  '(?:por )?ahora (?:no|mismo no)|en este momento no|(?:m[áa]s adelante|el pr[óo]ximo (?:año|trimestre|mes)|en (?:enero|unos meses))|no es (?:el|un buen) momento',
  '(?:per ora|al momento|in questo momento|adesso) (?:no|non)|non (?:è il|in questo|al|ora) ?momento|(?:più avanti|il prossimo (?:anno|trimestre|mese)|l.anno prossimo|a gennaio|tra qualche mese)',
  '(?:nu|momenteel|op dit moment|voorlopig) (?:niet|geen|even niet)|(?:later|volgend (?:jaar|kwartaal)|over (?:een paar|\\w+) maanden|in januari)[^.\\n]{0,40}(?:terug|weer|nog|opnieuw|contact)|niet (?:het juiste|op dit) moment',
  '(?:por agora|neste momento|de momento|no momento|agora) n[ãa]o|n[ãa]o (?:neste|é o) momento|(?:mais tarde|no pr[óo]ximo (?:ano|trimestre|m[êe]s)|em janeiro)',
  'inte (?:just nu|för (?:närvarande|tillfället)|i nuläget)|(?:senare|nästa (?:år|kvartal)|om (?:några|ett par) månader|i januari)[^.\\n]{0,40}(?:igen|åter|hör|kontakt)|(?:just nu|för tillfället) (?:inte|är det inte)|återkom',
)
const INTERESTED = any(
  '(?:i.m|i am|we.re|we are|very|quite|would be|.d be) (?:very |quite |definitely |really )?interested|interested in|sounds? (?:good|great|interesting|promising)|let.?s (?:talk|chat|schedule|set up|meet|do|connect|have)|(?:happy|glad|love|keen) to (?:talk|chat|hear|learn|meet|discuss|see|have|take)|(?:send|share|tell)(?: me| us| over)? (?:more|some|further|the|your)? ?(?:details|info\\w*|more|pricing|prices|deck|brochure|slides|times|examples)|(?:book|schedule|arrange|set up) (?:a|some) (?:call|time|meeting|demo)|(?:give me|can you|could you|please) (?:a )?call|how much|what (?:does it|would it|are your|is your)[^.\\n]{0,20}(?:cost|pric\\w+|rates)|(?:works|work) for me|(?:i.m|i am|we are) (?:available|free) (?:on|at|next|this|tomorrow|monday|tuesday|wednesday|thursday|friday)',
  'gerne?(?! nicht)|(?:habe|haben|besteht|großes|grosses) (?:durchaus |großes |grundsätzlich )?interesse|interessiert (?:mich|uns|daran|an)|(?:klingt|hört sich) (?:gut|interessant|spannend)|(?:rufen sie|schicken sie|senden sie)[^.\\n]{0,40}(?:an|zu|informationen|unterlagen|mehr|preis\\w*|angebot)|termin (?:vereinbaren|vorschlagen|machen)|was kostet',
  '(?:suis|sommes|serais|serions) (?:très |vivement )?intéress|(?:m.|nous )intéresse|avec plaisir|volontiers|(?:envoy|transmett)\\w+[^.\\n]{0,40}(?:informations|détails|documentation|tarifs|présentation)|(?:pouvons|pourrions)[- ]nous|(?:appelez|rappelez)[- ](?:moi|nous)|quel(?:s)? (?:est|sont)[^.\\n]{0,20}(?:prix|tarif)|disponible (?:lundi|mardi|mercredi|jeudi|vendredi|le|la semaine)',
  '(?:me|nos) interesa|(?:estoy|estamos) interesad|con (?:mucho )?gusto|encantad[oa]|(?:env[íi]e|m[áa]nde|pod[rí]\\w+ enviar)\\w*[^.\\n]{0,40}(?:informaci[óo]n|detalles|precio\\w*|propuesta)|(?:ll[áa]m(?:eme|enme|ame)|cu[áa]nto cuesta|agendar|concertar)',
  '(?:sono|siamo|sarei|saremmo) (?:molto )?interessat|(?:mi|ci) interessa|volentieri|con piacere|(?:inviate|mandate|invi|mand)\\w*[^.\\n]{0,40}(?:informazioni|dettagli|preventivo|prezz\\w+|brochure)|(?:chiamat|sentiamoci|fissare|quanto costa)',
  '(?:ben|zijn|wel) (?:zeker |erg |heel )?geïnteresseerd|graag(?! niet)|klinkt (?:goed|interessant)|(?:stuur|bel) (?:mij|me|ons)|afspraak|wat kost',
  '(?:estou|estamos|tenho|temos) (?:muito )?interess(?:ad|e)|interessa-(?:me|nos)|com (?:todo o |muito )?(?:gosto|prazer)|(?:envi|mand)\\w*[^.\\n]{0,40}(?:informa[çc]\\w+|detalhes|proposta|pre[çc]o\\w*)|(?:liga|ligue|agendar|marcar|quanto custa)',
  '(?:är|vore) (?:vi |jag )?(?:mycket )?intresserad|låter (?:bra|intressant|spännande)|(?:gärna|skicka (?:mer|gärna)|ring mig|boka (?:ett|in)|vad kostar)',
)

/** Proposes what newly written text says; null where nothing is plain. */
export function interestIn(text: string): Interest | null {
  if (WRONG_PERSON.test(text)) return 'wrong_person'
  const isDeclined = NOT_INTERESTED.test(text)
  // "Not interested at the moment" is a matter of time.
  if (NOT_NOW.test(text) && !/no,? thank/i.test(text)) return 'not_now'
  if (isDeclined) return 'not_interested'
  return INTERESTED.test(text) ? 'interested' : null
}
