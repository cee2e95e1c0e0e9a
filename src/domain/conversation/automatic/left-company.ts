import type { Person } from '../../message/headers'

/** Says that the lead no longer works there, and who does: a proposal for a person to decide. */
export type LeftCompany = { successor: Person | null }

const any = (...phrases: string[]) => phrases.join('|')

const SAYS_LEFT = new RegExp(
  any(
    '(?:(?:is|am|are|has|was) )?no longer (?:(?:be )?(?:working|employed|with|at|part of|a member|an employee|in (?:the|this|our) (?:company|role|position)|works?|associated|affiliated)|work)|(?:has|have|.ve|.s) (?:since |recently |now )?left (?:the (?:company|organi[sz]ation|business|firm|team)|our (?:company|team|firm)|\\p{Lu}[\\p{L}&.-]+)|(?:does not|doesn.t) work (?:here|for|at|with us)|(?:have|has) (?:moved on|retired|changed jobs)|(?:i am|i.m|is) retired|my last (?:working )?day (?:at|with|was)',
    '(?:nicht mehr|nicht länger) (?:(?:für|bei|in|im|als|teil)[^.\\n]{0,60}(?:tätig|beschäftigt|angestellt|arbeit\\w*)|bei uns|im unternehmen|in unserem (?:unternehmen|haus)|tätig|beschäftigt)|(?:hat|habe|haben)[^.\\n]{0,60}(?:unternehmen|firma|gesellschaft|haus) verlassen|(?:ist|bin)[^.\\n]{0,40}ausgeschieden|arbeite[t]? nicht mehr|im ruhestand|in (?:rente|pension)',
    'ne (?:fais|fait|travaill\\w+|suis)(?: désormais)? plus (?:partie|chez|pour|dans|au sein|en poste|employé)|ne (?:travaille|fait|fais|suis|est) plus|n.est plus (?:en poste|dans|chez|employé|salarié|joignable à cette)|(?:ai|a) quitté (?:l.entreprise|la société|le groupe|ses fonctions|mes fonctions|\\p{Lu})|(?:suis|est) (?:parti[e]?|désormais) (?:à|en|la) (?:la )?retraite',
    'ya no (?:trabaj\\w+|form\\w+ parte|labor\\w+|est(?:á|oy) (?:en|con) (?:la|nuestra|esta)|pertene\\w+)|(?:ha|he) dejado (?:la empresa|la compañía|de trabajar|de formar)|(?:se ha|me he) jubilado',
    '(?:non (?:lavor\\w+|fa|faccio|collabor\\w+|è|sono)) più (?:per|in|con|parte|presso|dipendente|impiegat\\w+)|non (?:lavora|lavoro|fa|faccio) più|(?:ha|ho) lasciato (?:l.azienda|la società|l.incarico)|(?:è|sono) in pensione|non è più (?:in|con|dei nostri)',
    '(?:niet (?:meer|langer)) (?:werkzaam|in dienst|actief|werk\\w*|bij)|werk[t]? (?:hier |sinds[^.\\n]{0,30} )?niet (?:meer|langer)|(?:heeft|heb)[^.\\n]{0,40}(?:bedrijf|organisatie) verlaten|uit dienst|met pensioen',
    'j[áa] n[ãa]o (?:trabalh\\w+|faz|fa[çc]o|est(?:á|ou)|pertence)|n[ãa]o (?:trabalh\\w+|fa[zç]\\w*|est(?:á|ou)) mais|(?:deixou|deixei) (?:a empresa|de trabalhar|de fazer parte)|(?:se aposentou|aposentad[oa]|reformad[oa])',
    '(?:arbetar|jobbar) (?:inte|ej) (?:längre |kvar |här )|(?:är|finns) (?:inte|ej) (?:längre )?(?:anställd|kvar|verksam)|(?:har|är) (?:slutat|gått i pension)|har lämnat (?:företaget|bolaget)|inte (?:längre )?(?:arbetar|jobbar|anställd)',
  ),
  'iu',
)

const ADDRESS = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu
// Words between a name and its address, and before the name.
const BETWEEN =
  /(?:[\s,:;()<>[\]–-]+(?:at|under|via|by|on|e-?mail|mail|per|unter|über|à|l'adresse|a|al|en|all'indirizzo|indirizzo|op|em|pelo|no|på|or|direct(?:ly)?|mailto))*[\s,:;()<>[\]–-]*$/iu
const NAME =
  /((?:\p{Lu}[\p{L}'’.-]+[ ]){1,3}(?:(?:de|del|della|di|da|dos|du|le|la|van|von|vom|zu|der|den|ter|ten|af)[ ]){0,2}\p{Lu}[\p{L}'’-]+)$/u
const NO_NAME =
  /^(?:please|kindly|contact|email|mail|write|my|our|your|the|for|to|with|and|colleague|manager|successor|director|mr|mrs|ms|dr|prof|herr|herrn|frau|bitte|kontaktieren|wenden|sie|sich|an|kollege|kollegin|kollegen|nachfolger|nachfolgerin|monsieur|madame|mme|m|veuillez|contacter|merci|señor|señora|sr|sra|don|doña|contacte|contacta|con|signor|signora|sig|contattare|dott|de|heer|mevrouw|mw|dhr|neem|contact|met|senhor|senhora|contactar|contate|kontakta|vänligen|min|kollega|dear|hi|hello|hallo|bonjour|hola|ciao|thank|thanks|vielen|dank)\.?$/iu

/**
 * Reads that somebody has left, and the named successor: the first address behind those words that is none of `known`. Null
 * where nothing says so.
 */
export function leftCompanyIn(text: string, known: ReadonlySet<string>): LeftCompany | null {
  const said = SAYS_LEFT.exec(text)
  if (!said) return null
  const addresses = [...text.matchAll(ADDRESS)].map((match) => ({
    at: match.index,
    address: match[0].toLowerCase().replace(/[.'-]+$/, ''),
  }))
  const others = addresses.filter(({ address }) => !known.has(address))
  const found = others.find(({ at }) => at > said.index) ?? others[0]
  return { successor: found ? { name: nameBefore(text, found.at), address: found.address } : null }
}

const LONGEST_NAME = 80

function nameBefore(text: string, at: number): string {
  const before = text
    .slice(Math.max(0, at - LONGEST_NAME), at)
    .replace(/\s+/g, ' ')
    .replace(BETWEEN, '')
  const words = NAME.exec(before)?.[1]?.split(' ') ?? []
  const first = words.findLastIndex((word) => NO_NAME.test(word) && /^\p{Lu}/u.test(word)) + 1
  const name = words.slice(first)
  return name.length >= 2 ? name.join(' ') : ''
}
