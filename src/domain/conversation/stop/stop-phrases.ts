// Phrases that ask for no further email, by language. A wish is sure where it names who writes ("me", "our address"), or the emails
// that he gets ("your list", "no more emails" by itself): people who buy write of their own lists and newsletters in the same words.

const any = (...phrases: string[]) => phrases.join('|')
const whole = (words: string) => new RegExp(`(?<![\\p{L}\\p{N}-])(?:${words})(?![\\p{L}\\p{N}-])`, 'iu')

/** A sentence or a part of one begins here. */
const BEGIN = '(?<=^|[.!?,;:\\n]\\s{0,3})'
/** It ends here; the sentence, or a part of it. */
const SENTENCE_END = '(?=\\s{0,3}(?:[.!\\n]|$))'
const END = '(?=\\s{0,3}(?:[.!,;\\n]|$))'

// Nothing else stands in the message.
export const WHOLE_MESSAGE =
  /^(?:please |bitte |s'il vous plaît |por favor,? |per favore,? |graag |alstublieft |vänligen )?(?:unsubscribe(?: me| us)?|stop(?: it| this| emails?| mailing)?|remove(?: me| us)?|opt[ -]?out|take me off|abmelden|austragen|abbestellen|stopp|stoppen|löschen|me désabonner|désabonner|désabonnement|désinscription|désinscrire|désinscrivez-moi|arrêtez|baja|darme de baja|dar de baja|deme de baja|cancelar(?: suscripción)?|cancella(?:mi|temi|zione)?|disiscrivimi|disiscrizione|disiscrivere|uitschrijven|afmelden|schrijf mij uit|descadastrar|descadastre-me|remover|cancelar inscrição|avregistrera(?: mig)?|avsluta|avanmäl(?:a|an)|ta bort mig)[\s.!]*$/iu

const EN_LIST =
  '(?:e-?mail(?:ing)?|mailing|contact|distribution|newsletter)?[ -]?(?:lists?|databases?|crm|systems?|records|campaigns?|sequences?)'
const EN_MINE =
  '(?:me|us|my (?:name|e-?mail|address|e-?mail address|contact(?: details| information)?|details|data)|our (?:company|address|e-?mail)|this (?:e-?mail )?address)'
// "unsubscribe from Mailchimp" is a matter of their own.
const EN_YOURS = '(?! from (?!(?:your|this|these|that|all|any|the|future|further|here|e-?mails?|it)(?![\\p{L}-])))'
const EN_SENDING = '(?:sending|e-?mailing|mailing|contacting|messaging|spamming|writing|bothering)'
const ENGLISH = any(
  `(?:remove|delete|take|unsubscribe|drop|scrub) ${EN_MINE}[^.!?\\n]{0,30} (?:from|off|out of)(?! (?:the |your )?(?:cc|bcc|copy))(?: of)? (?:your|this|the|all|any)(?: \\w+)? ?${EN_LIST}`,
  `(?:remove|unsubscribe|take) (?:me|us|my (?:e-?mail|address|e-?mail address))(?: off| out)?(?: please| immediately| now| at once)?${END}`,
  'unsubscribe (?:me|us|my address|this address) from (?:your|this|these|that|all|any|the|future|further)',
  `(?:stop|cease|quit) ${EN_SENDING}(?: to)? (?:me|us|this (?:e-?mail )?address)`,
  // A command, whatever it names.
  `(?:${BEGIN}|(?<=(?:please|kindly|you|you to|you must|you should) ))(?:stop|cease|quit) (?:${EN_SENDING}|all (?:communication|contact|e-?mails))`,
  `(?:${BEGIN}|(?<=please ))(?:do not|don.?t|never) send (?:any )?(?:(?:more|further|such|these|your) )(?:e-?mails?|messages?|newsletters?)`,
  'no (?:more|further) (?:e-?mails?|messages?|mailings?|newsletters?|contact|correspondence|communication) from (?:you|your)',
  '(?:do not|don.?t|please never|never) (?:send|e-?mail|mail|contact|write|message)(?: to)? (?:me|us|this address|any(?:thing)?)[^.!?\\n]{0,30}(?:again|any ?more|any longer|in (?:the )?future|further|(?:your|such|these|any) e-?mails)',
  `(?:do not|don.?t) (?:(?:contact|e-?mail|mail) (?:me|us)|send (?:me|us)[^.!?\\n]{0,20}e-?mails)${SENTENCE_END}`,
  `(?:want|wish|would like)(?: to (?:receive|get))? no (?:more|further) (?:e-?mails?|messages?|mailings?|contact|correspondence|communication)`,
  `(?:${BEGIN}|(?<=please ))no (?:more|further) (?:e-?mails?|messages?|mailings?|contact|correspondence|communication)(?: from you|,? please|,? thanks?| to (?:me|us|this address))*${SENTENCE_END}`,
  `opt (?:me|us) out|(?:i |we )?(?:want|wish|would like|.d like) to (?:(?:opt[ -]out|unsubscribe)${EN_YOURS}|be (?:removed|taken off)${EN_YOURS})`,
)

const DE_MAIL = '(?:e-?mails?|mails?|nachrichten|werbung|werbe(?:e-?)?mails?|newsletter)'
const DE_MINE = '(?:mich|uns|meine (?:adresse|daten|e-?mail\\S*)|unsere (?:adresse|daten|e-?mail\\S*)|diese adresse)'
const DE_OUT_OF = '(?:aus|von) (?:dem|der|den|ihrem|ihrer|ihren|allen|sämtlichen|diesem|dieser)'
const DE_TO_US = '(?: an (?:uns|mich|diese adresse|meine adresse|unsere adresse|\\S{1,60}@[^\\s,;!]{1,60}))'
const DE_LIST = '(?:verteiler|liste|mailingliste|datenbank|system|kartei)'
const GERMAN = any(
  `(?:${BEGIN}|(?<=bitte (?:mir |uns )?))(?:bitte )?keine (?:(?:weiteren|weitere|mehr) ${DE_MAIL}|${DE_MAIL} mehr)(?: von ihnen| mehr| bitte| danke|${DE_TO_US}| (?:zu )?(?:senden|schicken|zusenden|zuschicken))*${END}`,
  `(?:schicken|senden|schreiben|mailen) sie (?:mir |uns |bitte )*keine (?:weiteren |weitere |mehr )?${DE_MAIL}(?! mit )(?![^.!?\\n]{0,50}(?:sondern|stattdessen))`,
  `(?:möchte|möchten|will|wollen|wünsch\\w+)[^.!?\\n]{0,30}(?:nicht (?:mehr|weiter) (?:angeschrieben|kontaktiert)|keine (?:weiteren |weitere |mehr )?(?:${DE_MAIL}|kontaktaufnahme)(?: mehr| von ihnen| zu| weiter){0,2}(?: (?:erhalten|bekommen|empfangen|haben)|${END}))`,
  `(?:streichen|löschen|entfernen|nehmen|tragen) sie (?:bitte )?${DE_MINE}[^.!?\\n]{0,40}${DE_OUT_OF}[^.!?\\n]{0,20}${DE_LIST}`,
  `(?:löschen|entfernen|streichen) sie (?:bitte )?(?:meine|unsere|diese) (?:adresse|daten|e-?mail\\S*)${END}`,
  `${DE_MINE}[^.!?\\n]{0,40}${DE_OUT_OF}[^.!?\\n]{0,20}${DE_LIST}[^.!?\\n]{0,20}(?:nehmen|streichen|löschen|entfernen|austragen)`,
  '(?:schreiben|kontaktieren|mailen) sie (?:mir|uns|mich) (?:bitte )?(?:nicht (?:mehr|wieder|weiter)|nie (?:mehr|wieder))(?! (?:an|unter|per|auf|vor|bis) )',
  '(?:widerspreche|widersprechen)[^.!?\\n]{0,60}(?:nutzung|verarbeitung|werbung|kontakt\\w*)',
  `(?:melden|tragen) sie (?:mich|uns)(?: bitte| wieder| umgehend| sofort){0,2} (?:ab|aus)${END}`,
  'unterlassen sie',
)

const FR_MAIL = '(?:e-?mails?|mails?|messages?|courriels?|sollicitations?|newsletters?)'
const FR_MINE = '(?:moi|nous|mon (?:adresse|e-?mail|contact)|mes (?:coordonnées|données)|notre adresse|cette adresse)'
const FR_YOURS =
  '(?: de (?:votre|vos|cette|ces|ce|la|toutes?|tous?|leurs?)| du (?:fichier|listing)| des (?:listes|fichiers|envois)| svp| merci)'
const FR_TO_ME = '(?:contacter|envoyer|écrire|solliciter|démarcher)'
const FRENCH = any(
  `(?:retirez|supprimez|enlevez|désinscrivez|désabonnez|radiez)[- ]${FR_MINE}(?:${FR_YOURS}|${END})`,
  `(?:me|nous) (?:retirer|désinscrire|désabonner|supprimer|enlever|radier)(?:${FR_YOURS}|${END})`,
  `ne (?:\\p{L}{1,15} )?plus (?:(?:(?:me|nous) |m.)${FR_TO_ME}|(?:être )?(?:contacté|sollicité|démarché)\\p{L}{0,2}|recevoir (?:de |vos |d.|aucun )?${FR_MAIL})`,
  `(?:retirer|supprimer|effacer|enlever) (?:mon|notre|mes|nos) (?:adresse|e-?mail|coordonnées|données)(?: e-?mail| mail)?(?:${FR_YOURS}|${END})`,
  'ne (?:me|nous) (?:contactez|écrivez|envoyez|sollicitez) plus',
  `(?:cessez|arrêtez) de (?:m.|nous |me )${FR_TO_ME}`,
  `${BEGIN}plus (?:d.|de |aucun )?${FR_MAIL} (?:de votre part|svp|merci)`,
)

const ES_YOURS = '(?:de|en) (?:su|sus|la|las|esta|estas|vuestra|vuestras|tod[oa]s?|cualquier)(?![\\p{L}-])'
const ES_BAJA = `de baja(?:(?! (?:de|en|a) )| ${ES_YOURS})`
const SPANISH = any(
  `d[ée](?:n)?(?:me|nos) ${ES_BAJA}`,
  `(?:quiero|queremos|deseo|deseamos|quisiera|solicito|solicitamos|ruego|favor(?: de)?,?) (?:darme|darnos|dar|que (?:me|nos) den) ${ES_BAJA}`,
  `(?:elim[ií]n[ea]n?|eliminad|eliminar|b[óo]rr[ea]n?|borrad|borrar|qu[íi]t[ea]n?|quitad|quitar|s[áa]quen?|sacad|sacar)(?:me|nos)[^.!?\\n]{0,30}${ES_YOURS}`,
  `(?:elimin(?:e|en|ar|ad)|borr(?:e|en|ar|ad)|quit(?:e|en|ar|ad)|saqu(?:e|en)|sacar) (?:mis? (?:datos|correo|direcci[óo]n)|nuestr[oa]s? (?:datos|correo|direcci[óo]n))(?: de correo| electr[óo]nic[oa])?(?:${END}| ${ES_YOURS})`,
  `no (?:me|nos) (?:env[íi]en?|escriban?|contacten?|manden?|vuelvan? a)[^.!?\\n]{0,30} (?:m[áa]s(?! (?:informaci|detalle|dato|document))|(?:escribir|contactar|correos?|mensajes)${END})`,
  'no (?:env[íi]en?|manden?) m[áa]s (?:correos?|mensajes?|e-?mails?|publicidad)',
  'no (?:deseo|deseamos|quiero|queremos) (?:recibir (?:m[áa]s|sus|estos|ning[úu]n|correos?|mensajes?|e-?mails?|publicidad)|m[áa]s (?:correos?|mensajes?|e-?mails?|publicidad))',
  `dejen? de (?:(?:enviar|escribir|contactar|mandar)(?:me|nos)|(?:enviar|mandar) (?:estos |m[áa]s )?(?:correos?|mensajes?|publicidad)(?:${END}| a (?:esta|mi|nuestra)))`,
)

const IT_ME =
  '(?:cancella(?:temi|mi|teci|rmi|rci)|rimuov(?:etemi|imi|eteci|ermi|erci)|to(?:glietemi|glimi|glieteci|gliermi|glierci)|elimin(?:atemi|ami|ateci|armi|arci))'
const IT_MINE =
  '(?:il (?:mio|nostro) (?:indirizzo|nominativo|contatto|e-?mail)|la (?:mia|nostra) (?:e-?mail|mail|casella)|i (?:miei|nostri) (?:dati|contatti|riferimenti))'
const IT_YOURS =
  '(?:dalla|dal|dalle|dai|da) (?:vostr[aieo]|su[aoi]|quest[aeo]|tutt[ei]|list[ae]|elenco|mailing|database)'
const ITALIAN = any(
  `${IT_ME}[^.!?\\n]{0,40}${IT_YOURS}`,
  `(?:cancell|rimuov|togli|elimin)\\w{0,6} ${IT_MINE}(?:${END}|[^.!?\\n]{0,30}${IT_YOURS})`,
  'non (?:scriv(?:etemi|eteci|ermi|erci)|contatt(?:atemi|ateci|armi|arci)|inviate(?:mi|ci)?|mandate(?:mi|ci)?|inviarmi|mandarmi)[^.!?\\n]{0,20} (?:più|altr[ei])',
  'non (?:desidero|desideriamo|voglio|vogliamo|intendo) (?:più ricevere|(?:più )?essere (?:più )?contattat\\w+|ricevere[^.!?\\n]{0,30}(?:più|altr[ei]|e-?mail|mail|messaggi|comunicazioni|newsletter|pubblicità))',
  `disiscriv(?:etemi|imi|eteci|ermi|erci)(?! da (?!(?:quest|vostr|tutt|ogni|list|mailing|newsletter)))`,
  `(?:smett(?:ete|etela|ila)) di (?:scriver|inviar|mandar|contattar)\\w+`,
)

const NL_ME = '(?:mij|me|ons|mijn (?:adres|e-?mail\\w*|gegevens)|ons adres)'
const NL_LIST = '(?:van|uit) (?:uw|jullie|de|deze) (?:\\w+)?(?:lijst|bestand|database|systeem)'
const NL_YOURS = '(?! (?:bij|van|voor) (?!(?:uw|jullie|deze|de|alle|dit)(?![\\p{L}-])))'
const DUTCH = any(
  `(?:verwijder|haal|schrap|schrijf|meld) ${NL_ME}[^.!?\\n]{0,40}${NL_LIST}`,
  `(?:schrijf|meld|haal) (?:mij|me|ons)(?: alstublieft| aub| graag| er| hier)* (?:uit|af)(?:${END}| (?:van|voor) (?:uw|jullie|de|deze))`,
  `(?:${BEGIN}(?:graag |alstublieft |aub |gelieve )?|(?:wil|willen|wens|wensen|stuur)[^.!?\\n]{0,30} )geen (?:verdere |nieuwe )?(?:e-?mails?|mails?|berichten|mailings) meer`,
  '(?:mij|me|ons|mijn (?:adres|e-?mail\\w*|gegevens)|ons adres)[^.!?\\n]{0,20} (?:uit|van) (?:uw|jullie|de|deze) (?:\\w+)?(?:lijst|bestand|database|systeem)[^.!?\\n]{0,10} (?:verwijderen|halen|schrappen)',
  `${BEGIN}(?:graag |gelieve (?:ons |mij )?)?niet meer (?:mailen|benaderen|contacteren)`,
  '(?:stuur|mail|contacteer|benader|schrijf) (?:mij|me|ons) (?:alstublieft |aub )?(?:niet|nooit|geen)[^.!?\\n]{0,20} (?:meer(?! dan)|weer)',
  `(?:wil|willen|wens) (?:ik |wij |we )?(?:mij|me|ons)? ?(?:(?:uitschrijven|afmelden)${NL_YOURS}|geen[^.!?\\n]{0,20}(?:mails?|berichten)(?: meer| ontvangen|${END}))`,
  `(?:${BEGIN}|(?<=(?:alstublieft|aub|gelieve te|wilt u|willen jullie) ))stop(?:pen)? met (?:mailen|sturen|benaderen|contact)`,
)

const PT_YOURS = 'd[aeo]s? (?:suas?|vossas?|seus?|vossos?|lista|base|mailing|cadastro|todas?|qualquer)'
const PT_OUT = '(?:remov|retir|exclu|elimin|apag|descadastr|tir)\\w{0,4}'
const PORTUGUESE = any(
  `${PT_OUT}-(?:me|nos)[^.!?\\n]{0,40}${PT_YOURS}`,
  `(?:me|nos) ${PT_OUT}[^.!?\\n]{0,40}${PT_YOURS}`,
  `${PT_OUT} (?:d?o )?(?:meu|nosso) (?:e-?mail|contac?to|endereço)`,
  '(?:n[ãa]o) (?:me|nos) (?:envi(?:e|em)|mand(?:e|em)|contact(?:e|em)|contat(?:e|em)|escrev(?:a|am))[^.!?\\n]{0,25} (?:mais(?! de )|novamente)',
  'n[ãa]o (?:envi(?:e|em)|mand(?:e|em)) mais (?:e-?mails?|mensagens|newsletters?)',
  '(?:n[ãa]o) (?:quero|queremos|desejo|desejamos|pretendo) (?:mais (?:receber|ser contac?tad\\w+)|ser (?:mais )?contac?tad\\w+|receber (?:mais|vossos?|seus?|os|estes|novos|e-?mails?|mensagens|publicidade))',
  '(?:par(?:e|em)|deix(?:e|em)) de (?:(?:enviar|mandar) (?:e-?mails?|mensagens|newsletters?)|(?:me|nos) (?:enviar|mandar|contactar|escrever|contatar)|(?:enviar|mandar|contactar|escrever|contatar)-(?:me|nos))',
  'cancelar (?:a )?(?:minha )?(?:subscrição|inscrição)(?! d[oae]s? (?!(?:vossa|sua|newsletter|lista)))',
)

const SV_MAIL = '(?:mail|mejl|e-?post\\w*|utskick|meddelanden)'
const SWEDISH = any(
  `(?:ta|plocka|tag) (?:bort|ur) (?:mig|oss|min (?:adress|e-?post\\w*|mailadress|mejladress)|vår (?:adress|e-?post\\w*|mailadress|mejladress))`,
  '(?:avregistrera|avanmäl) (?:mig|oss|min)',
  `(?:${BEGIN}|(?<=(?:vill ha|vill|önskar|skicka) ))(?:inga|ej) (?:fler|mer|flera) ${SV_MAIL}`,
  `(?:kontakta|maila|mejla|skicka|skriv) (?:(?:mig|oss|till mig|till oss) )?(?:inte|ej|aldrig)[^.!?\\n]{0,25} (?:mer(?! än)|igen|fler|(?:mig|oss)${SENTENCE_END})`,
  `(?:vill|önskar) (?:jag |vi )?(?:inte|ej|slippa) (?:ha |få |längre )?[^.!?\\n]{0,25}(?:${SV_MAIL}|kontakt\\w*)`,
  '(?<!(?:vill|ska|skulle|måste|att|vi|jag) )sluta (?:maila|mejla|skicka|kontakta|spamma)',
)

export const SURE = [ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, DUTCH, PORTUGUESE, SWEDISH].map(whole)

// May be a wish to stop, a question about it, or about somebody else. Words alone, such as "stop" or "spam", are none.
export const UNSURE = whole(
  any(
    '(?<!(?:your|our|their|the) (?:customers|users|clients|readers) |not )unsubscribe(?! rates?)|(?:want|like) to opt out|(?:please )?stop(?=\\s*(?:[.!]|$))|remove (?:me|us)(?! from (?:the )?(?:cc|copy))|(?:is|as|of|unsolicited|your) spam(?!\\s*folder)|spamming|gdpr (?:request|complaint|violation|breach)|(?:violat|breach)\\w*[^.\\n]{0,30}gdpr|(?:where|how) did you (?:get|find|obtain) (?:my|our)|reported? (?:you|this)[^.\\n]{0,20}spam|never (?:signed up|subscribed|agreed|gave)',
    '(?:wie|kann|möchte|bitte|will|mich|uns)[^.\\n]{0,30}(?:abmelden|abbestellen|austragen)|aus dem verteiler|woher (?:haben|kennen) sie (?:meine|unsere|mich)|abmahn\\w+|hören sie auf|unverlangt\\w*|unerwünschte (?:werbung|e-?mail|mail)|(?:verstoß|verweise|auskunft)[^.\\n]{0,40}dsgvo|dsgvo[^.\\n]{0,40}(?:verstoß|auskunft|art)|(?:ist|sind|als) spam',
    '(?:me|nous|se) (?:désabonner|désinscrire)|(?:cnil|rgpd)[^.\\n]{0,60}(?:adresse|plainte|données)|arrêtez(?=\\s*(?:[.!]|$))|d.où (?:tenez|avez)[- ]vous (?:mon|nos|mes|notre)|(?:est|du) spam',
    'darse de baja|cancelar (?:la |mi )?suscripci[óo]n|de d[óo]nde (?:sac|obtuv|han|tien)\\w+[^.\\n]{0,20}(?:mi|nuestr)\\w*|(?:es|como) spam|basta ya',
    'cancellazione (?:dei|dalla|dalle)[^.\\n]{0,20}(?:dati|lista|mail)|disiscriv\\w+|(?<!tass[oi] di )disiscrizion\\w+|dove avete (?:preso|trovato)|(?:è|come) spam|garante (?:della )?privacy',
    'kan ik (?:mij |me )?(?:uitschrijven|afmelden)|hoe komt u aan|waar heeft u (?:mijn|ons)|(?:is|als) spam',
    '(?:me|nos) descadastr\\w+|cancelar (?:a )?inscri[çc][ãa]o|(?:como|onde) (?:obteve|obtiveram|conseguiu|conseguiram) (?:o )?(?:meu|nosso)|(?:é|como) spam',
    '(?:avregistrera|avanmäla) (?:mig|oss)|var (?:har|fick) (?:ni|du)[^.\\n]{0,10}(?:min|fått)|(?:är|som) (?:spam|skräppost)|sluta(?=\\s*(?:[.!]|$))',
  ),
)
export const NEGATED =
  /(?:do not|don.?t|never|not to|without|nicht|kein\w*|ne pas|no|non|niet|não|nao|inte)\s+(?:have to |need to |want to |please |bitte )?$/iu
