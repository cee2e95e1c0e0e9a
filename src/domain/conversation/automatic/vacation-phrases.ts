// Whole phrases in English, German, French, Spanish, Italian, Dutch, Portuguese and Swedish.

const any = (...phrases: string[]) => phrases.join('|')

/** Subjects that a program writes for somebody who is away. */
export const VACATION_SUBJECT = new RegExp(
  `^\\s*(?:${any(
    'auto(?:matic|mated|matisch\\w*)?[ -]?(?:reply|response|respons|answer|antwort|svar)',
    'autosvar|autoreply|autoresponse|autoresponder',
    'out[ -]of[ -](?:the[ -])?office|ooo\\b|away from (?:the |my )?(?:office|desk)|(?:i am |i.m )?(?:currently )?(?:out|away|on) (?:on |of )?(?:vacation|holiday|leave|annual leave|parental leave)|on (?:vacation|holiday|leave|annual leave)|vacation (?:reply|notice|auto)',
    'abwesenheit\\w*|abwesend\\b|automatische (?:antwort|abwesenheit\\w*)|ich bin (?:nicht im (?:büro|haus)|im urlaub|abwesend|außer haus)|(?:außer haus|nicht im büro|im urlaub)\\b|urlaubsnotiz|urlaubsmeldung|eingangsbestätigung',
    'r[ée]ponse automatique|absence du bureau|absent[e]? (?:du bureau|jusqu|du )|message d.absence|(?:avis|notification) d.absence|en (?:congés?|vacances)',
    'respuesta autom[áa]tica|fuera de (?:la )?oficina|ausente|estoy (?:fuera|de vacaciones|ausente)|de vacaciones',
    'risposta automatica|fuori (?:ufficio|sede)|assente|in ferie|assenza (?:dall.ufficio|per)|sono (?:in ferie|fuori ufficio|assente)',
    'automatisch antwoord|afwezig(?:heid\\w*)?|automatische (?:reactie|beantwoording)|niet op kantoor|met vakantie|op vakantie|buiten kantoor',
    'resposta autom[áa]tica|fora do escrit[óo]rio|ausente|aus[êe]ncia|de f[ée]rias|em f[ée]rias',
    'automatiskt svar|frånvaro\\w*|ej på kontoret|på semester|inte på kontoret|frånvarande|utanför kontoret',
  )})`,
  'iu',
)

/** Texts in which somebody, or a program for them, says that they are away. */
export const SAYS_AWAY = new RegExp(
  any(
    'out of (?:the |my )?office|(?<!\\p{L})ooo(?!\\p{L})|away from (?:the |my )?(?:office|desk|email)|(?:am|be|will be|currently|is|out) (?:away|on (?:annual |parental |maternity |paternity |sick )?(?:leave|vacation|holidays?|pto)|travel+ing)|on (?:annual|maternity|paternity|parental|sick|medical) leave|on (?:holiday|vacation|leave) (?:until|from|till)|out until|away until|(?:limited|no|intermittent) access to (?:my )?e-?mails?|(?:will be|be|am) back (?:in the office )?on|office is closed|i am not in the office|returning on|return to (?:the office|work) on',
    'nicht im (?:büro|haus|hause|office)|außer haus|ausser haus|im urlaub|in (?:elternzeit|mutterschutz|kur)|abwesend|(?:nicht|erst ab|wieder ab|ab dem) .{0,40}(?:erreichbar|im büro|für sie da)|nicht (?:persönlich )?erreichbar|auf dienstreise|betriebsferien|(?:wieder|zurück) (?:im büro|erreichbar|ab|am)|betriebsurlaub',
    'absent[e]? (?:du bureau|jusqu|du |de |actuellement|en ce moment)|(?:suis|serai|actuellement|sera) (?:absent|en (?:congés?|vacances|déplacement|arrêt)|indisponible)|en congés?|de retour (?:le|au bureau|à partir|lundi|mardi|mercredi|jeudi|vendredi)|hors du bureau|congé (?:maternité|parental|maladie)|bureaux? (?:sont|seront|est) fermés?',
    'fuera de (?:la )?oficina|(?:estoy|estaré|encuentro|estar[ée]) (?:fuera|ausente|de vacaciones|de baja|de viaje)|de vacaciones|de baja (?:maternal|paternal|médica)|no (?:estoy|estaré) (?:disponible|en la oficina)|(?:volveré|regresaré|vuelvo|regreso|reincorporar[ée]) (?:el|a)',
    'fuori (?:ufficio|sede)|(?:sono|sarò) (?:in ferie|assente|fuori|in maternità|in trasferta)|in ferie|(?:rientrerò|tornerò|rientro|ritornerò|sarò di nuovo) |assente (?:fino|dal|per)|uffici (?:sono|saranno|resteranno) chiusi',
    'niet op kantoor|afwezig|met vakantie|op vakantie|met (?:zwangerschaps|ouderschaps)?verlof|niet (?:bereikbaar|aanwezig)|(?:ben|weer) (?:terug|bereikbaar|aanwezig)|uit kantoor|buiten kantoor',
    'fora do escrit[óo]rio|(?:estou|estarei|encontro-me|encontro) (?:fora|ausente|de f[ée]rias|em f[ée]rias|de licen[çc]a|de baixa)|de f[ée]rias|em f[ée]rias|licen[çc]a (?:de )?(?:maternidade|paternidade|m[ée]dica)|(?:retorno|regresso|voltarei|volto|retornarei|regressarei) ',
    'inte på kontoret|ej på kontoret|på semester|semesterledig|föräldraledig|sjukskriven|frånvarande|åter (?:på kontoret|i tjänst|den|igen|måndag|tisdag|onsdag|torsdag|fredag)|(?:är|kommer) tillbaka|tjänstledig|utanför kontoret|bortrest',
  ),
  'iu',
)

/** What is said beside it in an automatic answer, and rarely by a person who writes now. */
export const SAYS_MEANWHILE = new RegExp(
  any(
    '(?:urgent|immediate|time-sensitive|assistance|emergenc)|in my absence|while i(?: a|.)m (?:away|out)|(?:limited|no|intermittent) access to|will (?:reply|respond|get back|answer)[^.]{0,60}(?:return|back|when|soon|possible)|upon my return|(?:received|for) your (?:e-?mail|message)|will not be (?:read|forwarded|monitored)|please contact',
    'dringend\\w*|in meiner abwesenheit|während meiner|nach meiner rückkehr|(?:wird|werden) nicht weitergeleitet|wenden sie sich|kontaktieren sie|ihre (?:e-?mail|nachricht)|vertret\\w+|eingeschränkt',
    'urgen\\w+|en mon absence|(?:à|dès) mon retour|(?:veuillez|merci de|vous pouvez|n.hésitez pas à) (?:contacter|vous adresser)|votre (?:message|mail|e-mail|courriel)',
    'urgen\\w+|en mi ausencia|a mi (?:regreso|vuelta)|(?:puede|por favor,?) (?:contactar|contacte|ponerse|póngase|dirigirse|escribir)|su (?:correo|mensaje|email)',
    'urgen\\w+|in mia assenza|al mio (?:rientro|ritorno)|(?:può|potete|si prega di|prego) (?:contattare|rivolgersi|scrivere)|contattare|la (?:sua|vostra) (?:e-?mail|mail|messaggio)|avrò accesso',
    'dringend\\w*|spoed\\w*|tijdens mijn (?:afwezigheid|vakantie)|bij mijn terugkeer|(?:kunt u|neem|gelieve)[^.]{0,30}contact|uw (?:e-?mail|bericht|mail)|contact opnemen',
    'urgen\\w+|na minha aus[êe]ncia|(?:no|ao) meu (?:regresso|retorno)|(?:por favor|favor|queira)[^.]{0,20}(?:contat|contact|entr)\\w+|(?:o )?(?:seu|sua) (?:e-?mail|mensagem)|contactar|contatar',
    'brådskande|akut\\w*|under min frånvaro|när jag (?:är tillbaka|kommer tillbaka)|(?:vänligen )?kontakta|ditt (?:mail|mejl|meddelande|e-post\\w*)|begränsad',
  ),
  'iu',
)

/** Texts that a program writes about itself. */
export const SAYS_AUTOMATIC = new RegExp(
  any(
    '(?:this is an? |this )?(?:auto(?:matic|mated|-?generated|matically generated)) (?:reply|response|message|e-?mail|acknowledge?ment|notification|confirmation)|(?:this |mailbox |inbox |e-?mail address )(?:mailbox |inbox |address )?is (?:not monitored|unmonitored|no longer monitored)|do not reply to this (?:e-?mail|message)|(?:your )?(?:ticket|case|request|enquiry|inquiry) (?:number |id |no\\.? |#|\\[)\\S+ has been (?:created|received|opened|registered)|(?:a |your )?(?:support )?ticket has been (?:created|opened)',
    'automatisch (?:generiert|erstellt|versandt|erzeugt)\\w*|automatische (?:antwort|nachricht|e-?mail|eingangsbestätigung|empfangsbestätigung)|(?:bitte )?(?:antworten sie (?:bitte )?nicht|nicht) auf diese (?:e-?mail|nachricht)(?: antworten)?|postfach wird nicht (?:gelesen|überwacht)',
    '(?:ceci est une?|message|réponse|mail|e-?mail|courriel) (?:réponse |message |e-?mail )?(?:généré(?:e)? |envoyé(?:e)? )?automatique(?:ment)?|(?:merci de )?ne pas répondre à ce (?:message|mail|courriel|e-?mail)',
    '(?:respuesta|mensaje|correo)(?: electrónico)? (?:generad[oa] )?autom[áa]tic[oa](?:mente)?|no responda a este (?:mensaje|correo)|generado autom[áa]ticamente',
    '(?:risposta|messaggio|e-?mail|mail) (?:generat[oa] |inviat[oa] )?automatic(?:a|o|amente)|non rispondere a questo (?:messaggio|indirizzo)|generat[oa] automaticamente',
    'automatisch (?:gegenereerd|antwoord|bericht|verstuurd|aangemaakt)\\w*|dit is een automatisch\\w*|niet (?:te )?(?:antwoorden|beantwoorden|reageren) op d(?:it|eze) (?:e-?mail|bericht|mail)',
    '(?:resposta|mensagem|e-?mail) (?:gerad[oa] )?autom[áa]tic[oa](?:mente)?|n[ãa]o responda a (?:este|esta) (?:e-?mail|mensagem)',
    'automatiskt (?:svar|meddelande|genererat|utskickat)|(?:autogenererat|autosvar)|(?:kan |går )?(?:inte|ej) (?:att )?(?:besvara|svara på|besvaras)[^.]{0,20}(?:detta|mail|mejl|meddelande)',
  ),
  'iu',
)
