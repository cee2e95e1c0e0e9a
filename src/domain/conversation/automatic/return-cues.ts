export type CueLanguage = 'en' | 'de' | 'fr' | 'es' | 'it' | 'nl' | 'pt' | 'sv'

/** Words right behind which a return date stands. `range`: only where a range of dates follows, whose end counts. */
export type Cue = { language: CueLanguage; cue: RegExp; range: boolean }

const cue = (language: CueLanguage, words: string): Cue => ({
  language,
  cue: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'giu'),
  range: false,
})
const range = (language: CueLanguage, words: string): Cue => ({ ...cue(language, words), range: true })

export const CUES: readonly Cue[] = [
  cue(
    'en',
    "until|till|'til|thru|through|up to and including|back|return(?:ing|s)?|(?:available|reachable|in the office|at work|working|online) again|again (?:available|reachable)|available (?:as of|from|on)|resum(?:e|ing) (?:work|my duties|office)|re-?open(?:s|ing)?",
  ),
  range('en', 'from|between|out|away|leave|vacation|holidays?|closed'),
  cue(
    'de',
    'bis(?: einschlie(?:ß|ss)lich| inkl(?:usive|\\.)?| zum| einschl\\.?)*|wieder(?: für sie| persönlich| erreichbar| im büro| da| zurück| zu erreichen)*(?: ab| am)?|zurück(?: im büro)?(?: ab| am)?|erreichbar(?: ab| am)?|(?:erst )?ab(?: dem)?|rückkehr(?: am)?|kehre(?: am)?|im büro(?: ab| am)?',
  ),
  range('de', 'vom?|von|zwischen|in der zeit vom?'),
  cue(
    'fr',
    'jusqu.(?:au|à|en)(?: et y compris)?|de retour|retour(?: prévu)?|(?:reviens|reviendrai|serai (?:de nouveau )?(?:joignable|disponible|présente?)|reprend(?:s|rai)?(?: mes fonctions| le travail)?|rentre(?:rai)?|rouvrir(?:a|ont))|à partir du?|dès (?:le)?',
  ),
  range('fr', 'du|de|entre le|congés?'),
  cue(
    'es',
    'hasta(?: el)?(?: día)?|(?:de )?(?:regreso|vuelta)|(?:regresaré|volveré|vuelvo|regreso|retornaré|reincorpor(?:aré|o)|incorporaré|estaré (?:de vuelta|disponible|de regreso))|a partir del?|disponible(?: el| a partir)?',
  ),
  range('es', 'del?|desde el|entre el'),
  cue(
    'it',
    'fino (?:al?|all.)(?: giorno)?|sino al|(?:rientr(?:o|erò)|torn(?:o|erò)|ritorn(?:o|erò)|sarò (?:di nuovo|nuovamente) (?:in ufficio|disponibile|operativ[oa]|raggiungibile)|di ritorno|riapr(?:e|irà|iranno|iremo))|a partire dal?|dal(?: giorno)?',
  ),
  range('it', 'dal?|dall.|tra il'),
  cue(
    'nl',
    'tot(?: en met)?|t/m|terug(?: op)?|weer (?:bereikbaar|aanwezig|op kantoor|beschikbaar|terug)(?: op| vanaf)?|(?:bereikbaar|aanwezig|beschikbaar) (?:op|vanaf)|vanaf|hervat',
  ),
  range('nl', 'van|tussen|vakantie'),
  cue(
    'pt',
    'até(?: ao?)?(?: dia)?|(?:de )?(?:regresso|volta|retorno)|(?:voltarei|volto|regressarei|retornarei|retomarei|estarei (?:de volta|disponível|de regresso))|a partir d[eo]|disponível',
  ),
  range('pt', 'd[eo]|entre|desde'),
  cue(
    'sv',
    'till(?: och med)?|t\\.\\s?o\\.\\s?m\\.?|tom|åter(?: på kontoret| i tjänst| igen| på plats)*|tillbaka(?: på kontoret| igen| på jobbet)*|tillgänglig igen|anträffbar igen|på plats igen',
  ),
  range('sv', 'från(?: och med)?|mellan|semester'),
]

/**
 * A day of the month alone, marked as one by an article or an ending: "the 12th", "dem 12.", "le 12", "el día 12", "den 12:e".
 * No hour and no number of days.
 */
export const BARE_DAY =
  /^[\s,:]*(?:(?:on|by|am|zum|ab|à partir|partir|op|a|al|el|il|o|no)\s+)*(?:(?:the|dem|den|der|zum|le|du|au|día|dia|il(?: giorno)?|il|el|al|de|giorno)\s+(\d{1,2})(?:st|nd|rd|th|\.|er|e|º|:e)?|(\d{1,2})(?:st|nd|rd|th|:e|er|\.(?=\s|$)))(?![\p{L}\p{N}/.:-])(?!\s*(?:\p{L}{0,3}\s)?(?:uhr|h\b|am\b|pm\b|hours?|days?|weeks?|tag|woche|jour|semaine|día|semana|giorn|settiman|dag|dia|veck))/iu

/** A weekday at the end of a text: "Monday to" begins hours of work, not an absence. */
export const ENDS_IN_WEEKDAY =
  /(?<!\p{L})(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mo(?:n|ntag)?|di(?:enstag)?|mi(?:ttwoch)?|do(?:nnerstag)?|freitag|samstag|sonntag|lun(?:di|es|edì)?|mar(?:di|tes|tedì)?|mercredi|jeudi|vendredi|miércoles|jueves|viernes|mercoledì|giovedì|venerdì|maandag|dinsdag|woensdag|donderdag|vrijdag|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|måndag|tisdag|onsdag|torsdag|fredag)[\s.–-]*(?:à|al|a|au)?\s*$/iu
