import { foldLatin, normalised } from '../spelling'

// As words of names are compared: without accents.
const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/).map(foldLatin))

const TITLES = set(`
  mr mrs ms miss mx dr prof professor sir dame lord lady herr hr frau fr fräulein frl ing dipl mag hon rev mme mlle m mm sr sra srta
  dott dottssa sig sigra signor signora dhr mevr mw capt cpt col maj gen lt sgt eng arq lic dra drs avv geom ra rain stb wp
  rechtsanwalt rechtsanwältin steuerberater steuerberaterin notar notarin doña señor señora señorita senhor senhora
  monsieur madame mademoiselle maître pan pani paní heer mevrouw herra rouva`)
const DEGREES = set(`
  mba emba phd dphil md dds dvm jd llb llm msc mscs ma mphil bsc ba bcom beng meng mcomp mpa mph edd esq jr sr ii iii iv cpa cfa
  cfp cisa cissp cism pmp prince2 csm cspo shrm sphr phr acca aca fca acma cima ca cma cia rn pe pmi itil pgmp leed ap mcips cips
  scm cpsm cscp cpim dipl ing diplom betriebswirt kaufmann dr habil drhabil mag bed bfa mfa bs ms mdes bdes hons emeritus ret`)
// What may begin a family name.
const PARTICLES = set(`
  von van vom zu zum zur af av de da das dos do du des del della di della degli la le les los las der den ter ten te op al el bin ibn
  ben-ha abu st san santa mac y e dal dalla`)
// Functions, teams and firms instead of people.
const NO_PERSON = set(`
  team einkauf vertrieb verkauf sales info office support kontakt contact service kundenservice büro buero praxis kanzlei hotel
  restaurant café cafe familie family firma abteilung marketing purchasing procurement hr personal personalabteilung verwaltung
  zentrale empfang reception sekretariat buchhaltung accounting accounts admin administration management geschäftsleitung
  geschäftsführung direktion leitung department dept customer the ihr unser our dear hello hallo company group gruppe gmbh ag kg ug
  ohg gbr ltd llc inc plc co corp sa sarl sas srl spa bv nv ab as oy kft und and unbekannt unknown test none null n/a manager owner
  ceo cfo coo cto gf geschäftsführer geschäftsführerin chef chefin direktor direktorin director inhaberin founder
  sehr geehrte geehrter geehrten liebe lieber vorname nachname firstname prénom nn
  inhaber direction équipe equipe compras ventas ventes commercial achats equipo studio agentur agency shop store webmaster`)
const VIETNAMESE = set('nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh luong')

/** Words that are no first name, whatever stands in the field. */
export const NO_NAMES: readonly string[] = [...TITLES, ...DEGREES, ...PARTICLES, ...NO_PERSON]

// One word of plain letters, as most first names are.
const SIMPLE = /^[A-Za-z]{2,}$/
const NEVER: ReadonlySet<string> = new Set(NO_NAMES)

const folded = (word: string) => foldLatin(word).replace(/[.]/g, '')
const isTitle = (word: string) => TITLES.has(folded(word)) || /^(?:dipl|dr|prof|ing|mag)[.-]/i.test(word)
const isDegree = (word: string) => DEGREES.has(folded(word).replace(/[^\p{L}\p{N}]/gu, '')) || isTitle(word)

/** Takes off what stands around a name: pictures, brackets, nicknames in quotes. */
const bare = (text: string) => (PLAIN.test(text) ? text : undecorated(text))

// Words of letters with a blank between them have nothing around them.
const PLAIN = /^[A-Za-z.'-]+(?: [A-Za-z.'-]+)*$/

const undecorated = (text: string) =>
  normalised(text, 'NFC')
    .replace(/\([^)]*\)?|\[[^\]]*\]?|\{[^}]*\}?/g, ' ')
    .replace(/["“”„«»][^"“”„«»]*["“”«»]/g, ' ')
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|[★☆♥•|"“”„«»*~_]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** A name as it is spoken: "Winter, Dr. Ada" is "Dr. Ada Winter"; degrees behind a comma stay where they are. */
export function spokenName(fullName: string): { name: string; family: string | null } {
  if (!fullName.includes(',')) return { name: fullName, family: null }
  const parts = fullName.split(',').map((part) => part.trim())
  const [family = '', given = ''] = parts
  const rest = parts.slice(1).filter((part) => !isOnlyDegrees(part))
  const [only] = rest
  if (rest.length !== 1 || only !== given || !isFamily(family) || !isGiven(given))
    return { name: fullName, family: null }
  return { name: [`${given} ${family}`, ...parts.slice(2)].join(', '), family }
}

const isOnlyDegrees = (part: string) => part !== '' && bare(part).split(' ').every(isDegree)

/** One word, or several that begin with a particle. */
function isFamily(text: string): boolean {
  const words = bare(text).split(' ')
  return (
    words[0] !== '' &&
    (words.length === 1 || PARTICLES.has(folded(words[0] ?? ''))) &&
    !NO_PERSON.has(folded(words[0] ?? ''))
  )
}

function isGiven(text: string): boolean {
  const words = bare(text)
    .split(' ')
    .filter((word) => !isTitle(word))
  return (
    words.length > 0 &&
    words.length <= 3 &&
    words.every((word) => /^\p{L}[\p{L}\p{M}.'’-]*$/u.test(word) && !NO_PERSON.has(folded(word)))
  )
}

/**
 * The first name in a full name, where it is sure enough: "Dr. Ada Winter", "Winter, Ada" and "Ada Winter, MBA" give Ada;
 * "A. Winter", "Dr. Winter", "Winter" and "Team Einkauf" give none. Greeting somebody by a wrong name is worse than by none.
 */
export function firstNameOf(fullName: string): string | null {
  const { name, family } = spokenName(fullName)
  const [text = '', ...behind] = name.split(',').map((part) => part.trim())
  if (!behind.every((part) => part === '' || isOnlyDegrees(part))) return null
  if (/[&@/\d]/.test(text)) return null
  const words = withoutTitles(bare(text).split(' ').filter(Boolean))
  if (words.length < 2 && family === null) return null
  const [first = ''] = words
  // Family names come first there; with all marks it is known for one.
  if (family === null && VIETNAMESE.has(folded(first)) && words.length > 1) {
    return isVietnamese(words) ? greetable(words.at(-1) ?? '') : null
  }
  if (family === null && PARTICLES.has(folded(first))) return null
  if (words.some((word) => NO_PERSON.has(folded(word)))) return null
  return greetable(first)
}

const isVietnamese = (words: readonly string[]) =>
  /[ăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/iu.test(words.join(' ')) || words.length > 2

/**
 * A first name as people greet with it: "Dr. Ada", "Ada (Addie)" and "🚀 Ada" are Ada, "A." and "Mrs." are none. Several first
 * names stay together.
 */
export function greetingName(firstName: string): string | null {
  if (SIMPLE.test(firstName) && !NEVER.has(firstName.toLowerCase())) return firstName
  // With the family name in front it is a whole name.
  if (spokenName(firstName).family !== null) return firstNameOf(firstName)
  const [text = ''] = bare(firstName).split(',')
  if (/[&@/\d]/.test(text)) return null
  const words = withoutTitles(text.trim().split(' ').filter(Boolean))
  if (words.length === 0 || words.some((word) => NO_PERSON.has(folded(word)))) return null
  if (words.every((word) => /^\p{L}[\p{L}\p{M}'’.-]*$/u.test(word)) && !isInitial(words[0] ?? '')) {
    const [first = ''] = words
    return words.length === 1 && (isTitle(first) || PARTICLES.has(folded(first))) ? null : words.join(' ')
  }
  return null
}

function withoutTitles(words: readonly string[]): string[] {
  const left = [...words]
  while (left.length > 0 && isDegree(left[0] ?? '')) left.shift()
  while (left.length > 1 && isDegree(left.at(-1) ?? '')) left.pop()
  return left
}

const isInitial = (word: string) => [...word.normalize('NFC').replace(/\./g, '')].length < 2 && !IDEOGRAPHS.test(word)
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** A word that can stand after "Hi", in usual case; null for an initial, an abbreviation, and names written family first. */
function greetable(word: string): string | null {
  if (!/^\p{L}[\p{L}\p{M}'’-]+$/u.test(word) || IDEOGRAPHS.test(word)) return null
  return word === word.toUpperCase() || word === word.toLowerCase() ? capitalised(word) : word
}

// A dotted capital tells the language, in which I and i are two letters.
const capitalised = (word: string) => {
  const lower = /[İĞğı]/.test(word) ? word.toLocaleLowerCase('tr') : word.toLowerCase()
  const locale = /[İĞğı]/.test(word) ? 'tr' : 'en'
  return lower.replace(
    /(^|[-'’])(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toLocaleUpperCase(locale),
  )
}
