import { cutText } from '../cut-text'
import type { ReceivedMessage } from './received-message'
import { withoutAnswerPrefix } from './subject'

/** Subject of an email that unsubscribes: it names the email that offered it. */
export const unsubscribeSubject = (token: string): string => `unsubscribe ${token}`

/** The token in such a subject; null in any other. */
export const unsubscribeTokenIn = (subject: string): string | null =>
  /^\s*unsubscribe\s+([\w-]{40,200})\s*$/i.exec(subject)?.[1] ?? null

/** Somebody asks for no further email. Unsure: the words may mean something else, and a person decides. */
export type StopRequest = { kind: 'stop_request'; sure: boolean; words: string }

const any = (...phrases: string[]) => phrases.join('|')
const whole = (words: string) => new RegExp(`(?<![\\p{L}\\p{N}-])(?:${words})(?![\\p{L}\\p{N}-])`, 'iu')

// Nothing else stands in the message.
const WHOLE_MESSAGE =
  /^(?:please |bitte |s'il vous plaît |por favor,? |per favore,? |graag |alstublieft |vänligen )?(?:unsubscribe(?: me| us)?|stop(?: it| this| emails?| mailing)?|remove(?: me| us)?|opt[ -]?out|take me off|abmelden|austragen|abbestellen|stopp|stoppen|löschen|me désabonner|désabonner|désabonnement|désinscription|désinscrire|désinscrivez-moi|arrêtez|baja|darme de baja|dar de baja|deme de baja|cancelar(?: suscripción)?|cancella(?:mi|temi|zione)?|disiscrivimi|disiscrizione|disiscrivere|uitschrijven|afmelden|schrijf mij uit|descadastrar|descadastre-me|remover|cancelar inscrição|avregistrera(?: mig)?|avsluta|avanmäl(?:a|an)|ta bort mig)[\s.!]*$/iu

const LIST =
  '(?:e-?mail(?:ing)?|mailing|contact|distribution|newsletter)?[ -]?(?:lists?|databases?|crm|systems?|records|campaigns?|sequences?)'
const SURE = [
  whole(
    any(
      `(?:remove|delete|take|unsubscribe|drop|scrub) (?:me|us|my (?:name|e-?mail|address|e-?mail address|contact(?: details| information)?|details|data)|our (?:company|address|e-?mail)|this (?:e-?mail )?address)[^.!?\\n]{0,30} (?:from|off|out of)(?: of)? (?:your|this|the|all|any)(?: \\w+)? ?${LIST}`,
      `(?:remove|unsubscribe|take) (?:me|us|my (?:e-?mail|address|e-?mail address))(?: off| out)?(?: please| immediately| now| at once)?(?=\\s*[.!,\\n]|\\s*$)`,
      'unsubscribe (?:me|us|my address|this address) from',
      '(?:stop|cease|quit) (?:sending|e-?mailing|mailing|contacting|messaging|spamming|writing|bothering|all (?:communication|contact|e-?mails))',
      '(?:do not|don.?t|please never|never) (?:send|e-?mail|mail|contact|write|message)(?: to)? (?:me|us|this address|any(?:thing)?)[^.!?\\n]{0,30}(?:again|any ?more|any longer|in (?:the )?future|further|e-?mails)',
      '(?:do not|don.?t) (?:contact|e-?mail|mail) (?:me|us)(?=\\s*[.!\\n]|\\s*$)',
      '(?:(?:want|wish|need|like) (?:to receive )?)?no (?:more|further) (?:e-?mails?|messages?|mailings?|contact|correspondence|communication)(?: from you)?',
      'opt (?:me|us) out|(?:i |we )?(?:want|wish|would like|.d like) to (?:opt[ -]out|unsubscribe|be removed|be taken off)',
    ),
  ),
  whole(
    any(
      'keine (?:weiteren |weitere |mehr )?(?:e-?mails?|mails?|nachrichten|werbung|werbe(?:e-?)?mails?|newsletter)(?: mehr)?(?: von ihnen)?(?: (?:zu )?(?:senden|schicken|zusenden|erhalten|bekommen|empfangen|wünsch\\w+))?',
      '(?:bitte )?(?:streichen|löschen|entfernen|nehmen|tragen) sie (?:mich|uns|meine (?:adresse|daten|e-?mail\\S*)|unsere (?:adresse|daten)|diese adresse)[^.!?\\n]{0,60}(?:verteiler|liste|datenbank|system|aus|kartei)',
      '(?:mich|uns|meine (?:adresse|e-?mail\\S*|daten))[^.!?\\n]{0,40}(?:aus|von) (?:dem|ihrem|der|ihrer) (?:verteiler|liste|mailingliste|datenbank|kartei)[^.!?\\n]{0,20}(?:nehmen|streichen|löschen|entfernen|austragen)',
      '(?:schreiben|kontaktieren|mailen) sie (?:mir|uns|mich) (?:bitte )?(?:nicht (?:mehr|wieder|weiter)|nie (?:mehr|wieder))',
      '(?:möchte|möchten|will|wollen|wünsch\\w+)[^.!?\\n]{0,30}(?:nicht (?:mehr|weiter) (?:angeschrieben|kontaktiert)|keine (?:weiteren |weitere )?(?:e-?mails?|nachrichten|kontaktaufnahme))|(?:widerspreche|widersprechen)[^.!?\\n]{0,60}(?:nutzung|verarbeitung|werbung|kontakt\\w*)|(?:bitte )?(?:melden|tragen) sie (?:mich|uns)[^.!?\\n]{0,20} (?:ab|aus)|unterlassen sie',
    ),
  ),
  whole(
    any(
      '(?:retirez|supprimez|enlevez|désinscrivez|désabonnez|radiez)[- ](?:moi|nous|mon (?:adresse|e-?mail|contact)|mes (?:coordonnées|données)|notre adresse|cette adresse)|(?:me|nous) (?:retirer|désinscrire|désabonner|supprimer|enlever|radier)(?: de)?|(?:ne plus|plus) (?:(?:me|nous) (?:contacter|envoyer|écrire|solliciter|démarcher)|recevoir (?:de |vos |d.)?(?:e-?mails?|mails?|messages?|courriels?|sollicitations?))|ne (?:me|nous) (?:contactez|écrivez|envoyez|sollicitez) plus|(?:cessez|arrêtez) de (?:m.|nous |me )(?:écrire|contacter|envoyer|solliciter|démarcher)|(?:plus|aucun) (?:d.)?(?:e-?mails?|mails?|courriels?) (?:de votre part|svp|merci)',
    ),
  ),
  whole(
    any(
      '(?:d[ée](?:me|nos|nme)|darme|darnos|dar(?:me)?) de baja|(?:elim[ií]ne(?:me|nos|n)?|elim[ií]n(?:ar|en)|borr(?:en?|ar|ad)|quit(?:en?|ar|ad)|saqu?en?|b[óo]rr(?:eme|enme)|qu[íi]t(?:eme|enme)|s[áa]qu(?:eme|enme))(?:me|nos)?[^.!?\\n]{0,30}(?:de (?:su|la|esta|vuestra|sus) (?:lista|base|registros?)|mis? (?:datos|correo|direcci[óo]n))|no (?:me|nos) (?:env[íi]en?|escriban?|contacten?|manden?|vuelvan? a)[^.!?\\n]{0,30}(?:m[áa]s|correos?|escribir|contactar|mensajes)|no (?:deseo|deseamos|quiero|queremos) (?:recibir|m[áa]s)[^.!?\\n]{0,30}(?:correos?|mensajes?|e-?mails?|informaci[óo]n|publicidad)|dejen? de (?:enviar|escribir|contactar|mandar)\\w*',
    ),
  ),
  whole(
    any(
      '(?:cancell(?:atemi|ami|ateci|are|i|arci|armi)|rimuov(?:etemi|imi|eteci|ere|a|ermi|erci)|tog(?:lietemi|limi|liere|lieteci)|elimin(?:atemi|ami|are|i))[^.!?\\n]{0,40}(?:dalla|dal|da|dai|dalle) (?:vostr[aieo]|su[aoi]|questa|lista|elenco|mailing|database|list)\\w*|non (?:scriv(?:etemi|eteci|ermi|erci)|contatt(?:atemi|ateci|armi|arci)|inviate(?:mi|ci)?|mandate(?:mi|ci)?|inviarmi|mandarmi)[^.!?\\n]{0,20}(?:più|altr[ei])|non (?:desidero|desideriamo|voglio|vogliamo|intendo) (?:più )?(?:ricevere|essere contattat\\w+)|(?:disiscriv|disiscriz)\\w+|smett(?:ete|ila|etela) di (?:scriver|inviar|mandar|contattar)\\w+',
    ),
  ),
  whole(
    any(
      '(?:verwijder|haal|schrap|schrijf|meld) (?:mij|me|ons|mijn (?:adres|e-?mail\\w*|gegevens)|ons adres)[^.!?\\n]{0,40}(?:(?:van|uit) (?:uw|jullie|de|deze) (?:\\w+)?(?:lijst|bestand|database|systeem)|uit|af)|geen (?:verdere |nieuwe )?(?:e-?mails?|mails?|berichten|mailings) meer(?: (?:te )?(?:sturen|ontvangen))?|(?:stuur|mail|contacteer|benader|schrijf) (?:mij|me|ons) (?:alstublieft |aub )?(?:niet|nooit|geen)[^.!?\\n]{0,20}(?:meer|weer)|(?:wil|willen|wens) (?:ik |wij |we )?(?:mij|me|ons)? ?(?:uitschrijven|afmelden|geen[^.!?\\n]{0,20}(?:mails?|berichten))|stop(?:pen)? met (?:mailen|sturen|benaderen|contact)',
    ),
  ),
  whole(
    any(
      '(?:remov(?:a|am|er|ame)|retir(?:e|em|ar)|exclu(?:a|am|ir)|elimin(?:e|em|ar)|apagu?e?m?|descadastr(?:e|em|ar)|tir(?:e|em|ar))(?:-me|-nos)?[^.!?\\n]{0,40}(?:d[aeo]s? (?:sua|vossa|seu|vosso|su|lista|base|mailing|cadastro|lista)|(?:o )?meu (?:e-?mail|contato|contacto|endereço))|(?:n[ãa]o) (?:me|nos) (?:envi(?:e|em)|mand(?:e|em)|contact(?:e|em)|contat(?:e|em)|escrev(?:a|am))[^.!?\\n]{0,25}(?:mais|novamente|e-?mails?)|(?:n[ãa]o) (?:quero|queremos|desejo|desejamos|pretendo) (?:mais )?(?:receber|ser contac?tad\\w+)|(?:par(?:e|em)|deix(?:e|em)) de (?:me |nos )?(?:enviar|mandar|contactar|escrever|contatar)|cancelar (?:a )?(?:minha )?(?:subscrição|inscrição)',
    ),
  ),
  whole(
    any(
      '(?:ta|plocka|tag) (?:bort|ur) (?:mig|oss|min (?:adress|e-?post\\w*|mailadress|mejladress)|våra? \\w+)[^.!?\\n]{0,40}(?:lista|listor|register|utskick|databas|system)?|(?:avregistrera|avanmäl) (?:mig|oss|min)|(?:inga|ej) (?:fler|mer|flera) (?:mail|mejl|e-?post\\w*|utskick|meddelanden)|(?:kontakta|maila|mejla|skicka|skriv) (?:(?:mig|oss|till mig|till oss) )?(?:inte|ej|aldrig)[^.!?\\n]{0,25}(?:mer|igen|fler|mig|oss)|(?:vill|önskar) (?:jag |vi )?(?:inte|ej|slippa) (?:ha |få |längre )?[^.!?\\n]{0,25}(?:mail|mejl|utskick|kontakt\\w*)|sluta (?:maila|mejla|skicka|kontakta|spamma)',
    ),
  ),
]

// May be a wish to stop, a question about it, or about somebody else. Words alone, such as "stop" or "spam", are none.
const UNSURE = whole(
  any(
    '(?<!(?:your|our|their|the) (?:customers|users|clients|readers) |not )unsubscribe(?! rates?)|(?:want|like) to opt out|(?:please )?stop(?=\\s*(?:[.!]|$))|remove (?:me|us)(?! from (?:the )?(?:cc|copy))|(?:is|as|of|unsolicited|your) spam(?!\\s*folder)|spamming|gdpr (?:request|complaint|violation|breach)|(?:violat|breach)\\w*[^.\\n]{0,30}gdpr|(?:where|how) did you (?:get|find|obtain) (?:my|our)|reported? (?:you|this)[^.\\n]{0,20}spam|never (?:signed up|subscribed|agreed|gave)',
    '(?:wie|kann|möchte|bitte|will|mich|uns)[^.\\n]{0,30}(?:abmelden|abbestellen|austragen)|aus dem verteiler|woher (?:haben|kennen) sie (?:meine|unsere|mich)|abmahn\\w+|hören sie auf|unverlangt\\w*|unerwünschte (?:werbung|e-?mail|mail)|(?:verstoß|verweise|auskunft)[^.\\n]{0,40}dsgvo|dsgvo[^.\\n]{0,40}(?:verstoß|auskunft|art)|(?:ist|sind|als) spam',
    '(?:me|nous|se) (?:désabonner|désinscrire)|(?:cnil|rgpd)[^.\\n]{0,60}(?:adresse|plainte|données)|arrêtez(?=\\s*(?:[.!]|$))|d.où (?:tenez|avez)[- ]vous (?:mon|nos|mes|notre)|(?:est|du) spam',
    'darse de baja|cancelar (?:la |mi )?suscripci[óo]n|de d[óo]nde (?:sac|obtuv|han|tien)\\w+[^.\\n]{0,20}(?:mi|nuestr)\\w*|(?:es|como) spam|basta ya',
    'cancellazione (?:dei|dalla|dalle)[^.\\n]{0,20}(?:dati|lista|mail)|disiscri\\w+|dove avete (?:preso|trovato)|(?:è|come) spam|garante (?:della )?privacy',
    'kan ik (?:mij |me )?(?:uitschrijven|afmelden)|hoe komt u aan|waar heeft u (?:mijn|ons)|(?:is|als) spam',
    '(?:me|nos) descadastr\\w+|cancelar (?:a )?inscri[çc][ãa]o|(?:como|onde) (?:obteve|obtiveram|conseguiu|conseguiram) (?:o )?(?:meu|nosso)|(?:é|como) spam',
    '(?:avregistrera|avanmäla) (?:mig|oss)|var (?:har|fick) (?:ni|du)[^.\\n]{0,10}(?:min|fått)|(?:är|som) (?:spam|skräppost)|sluta(?=\\s*(?:[.!]|$))',
  ),
)
const NEGATED =
  /(?:do not|don.?t|never|not to|without|nicht|kein\w*|ne pas|no|non|niet|não|nao|inte)\s+(?:have to |need to |want to |please |bitte )?$/iu

// Longer texts say more than a wish to stop, and are read by a person.
const LONGEST_SURE = 600
const LONGEST_WORDS = 120

/**
 * Reads a wish to get no further email from what somebody has newly written; null where nothing says so. `unsubscribeAddresses`
 * are those of our List-Unsubscribe headers: what comes there, or with a subject that says nothing else, is always sure.
 */
export function stopRequestOf(
  message: Pick<ReceivedMessage, 'to' | 'subject'>,
  written: string,
  unsubscribeAddresses: ReadonlySet<string>,
): StopRequest | null {
  const { subject, to } = message
  const asked = to.some(({ address }) => unsubscribeAddresses.has(address))
  if (asked || /^\s*(?:unsubscribe|abmelden)(?:\s+\S{8,})?\s*$/i.test(subject))
    return { kind: 'stop_request', sure: true, words: subject }
  const text = written
    .split('\n')
    .filter((line) => !/https?:\/\//i.test(line))
    .join('\n')
    .trim()
  if (
    WHOLE_MESSAGE.test(withoutGreeting(text)) ||
    (text === '' && WHOLE_MESSAGE.test(withoutAnswerPrefix(subject).trim()))
  )
    return { kind: 'stop_request', sure: true, words: cutText(text || subject, LONGEST_WORDS) }
  for (const phrase of SURE) {
    const said = phrase.exec(text)
    if (said && !NEGATED.test(text.slice(0, said.index)))
      return { kind: 'stop_request', sure: text.length <= LONGEST_SURE, words: cutText(said[0], LONGEST_WORDS) }
  }
  const maybe = UNSURE.exec(text)
  return maybe ? { kind: 'stop_request', sure: false, words: maybe[0] } : null
}

// "Hi Sam,\nunsubscribe": what stands before and after the wish is no other wish.
const withoutGreeting = (text: string): string =>
  text
    .replace(
      /^(?:hi|hello|dear|hallo|guten (?:tag|morgen)|sehr geehrte[rs]?|bonjour|hola|buenos días|buongiorno|ciao|beste|geachte|olá|bom dia|hej)\b[^\n]{0,60}\n+/iu,
      '',
    )
    .replace(/\n+(?:thanks|thank you|danke|merci|gracias|grazie|bedankt|obrigad[oa]|tack)[^\n]{0,40}$/iu, '')
    .trim()
