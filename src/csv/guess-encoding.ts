import { isAscii } from 'node:buffer'
import { CSV_ENCODINGS, type CsvEncoding, type EncodingPreview } from '@/domain/lead/csv-encodings'
import { blocksOf, linesOf } from './csv-blocks'
import { type CsvSource, headOf } from './csv-source'
import { decodeBytes, isForeign } from './decode-bytes'
import { foreignWords } from './foreign-words'

/** How sure the encoding of a file is: one that fits, or several that read it differently, for a person to choose from. */
export type EncodingGuess = { suggestion: CsvEncoding | null; previews: EncodingPreview[] }

const HEAD_BYTES = 1024
const SAMPLED_LINES = 200
const SAMPLED_BYTES = 128 * 1024
const PREVIEW_LENGTH = 60
const PREVIEWS = 6

/**
 * Which encodings a file may have that is not valid in `failed`. A guess that is wrong turns names into symbols, and those
 * are mailed: an encoding is suggested only where every other one makes nonsense of the letters, or reads them alike.
 */
export async function guessEncoding(source: CsvSource, failed: CsvEncoding, fileName: string): Promise<EncodingGuess> {
  const wide = wideEncoding(await headOf(source, HEAD_BYTES))
  if (wide) return { suggestion: wide === failed ? null : wide, previews: [] }
  const { possible, sample } = await sift(source, failed, fileName)
  if (failed !== 'utf-8' && possible.has('utf-8')) return { suggestion: 'utf-8', previews: [] }
  // Encodings that read the sample alike are one choice.
  const groups = new Map<string, CsvEncoding>()
  for (const encoding of possible) {
    if (encoding === 'utf-8') continue
    const text = decodeBytes(sample, encoding)
    if (text !== null && !groups.has(text)) groups.set(text, encoding)
  }
  const all = [...groups]
  const plausible = all.filter(([text, encoding]) => readsLikeText(text) && fitsBytes(sample, encoding))
  const shown = plausible.length > 0 ? plausible : all
  return {
    suggestion: plausible.length === 1 ? (plausible[0]?.[1] ?? null) : null,
    previews: previewsOf(shown.slice(0, PREVIEWS)),
  }
}

/** Reads the file once: the encodings in which all of it is valid, and its first lines beyond ASCII. */
async function sift(source: CsvSource, failed: CsvEncoding, fileName: string) {
  const possible = new Set(CSV_ENCODINGS.map(({ value }) => value))
  for (const encoding of [failed, 'utf-16le', 'utf-16be'] as const) possible.delete(encoding)
  const lines: Buffer[] = []
  let sampled = 0
  for await (const block of blocksOf(source, 'utf-8', fileName)) {
    if (isAscii(block.bytes)) continue
    for (const encoding of possible) if (decodeBytes(block.bytes, encoding) === null) possible.delete(encoding)
    for (const { bytes } of linesOf(block, 'utf-8')) {
      if (lines.length >= SAMPLED_LINES || sampled >= SAMPLED_BYTES) break
      if (!isForeign(bytes)) continue
      lines.push(bytes)
      sampled += bytes.length
    }
  }
  return { possible, sample: Buffer.concat(lines) }
}

/** UTF-16 without its mark shows by the zeros beside each Latin letter. */
function wideEncoding(head: Buffer): CsvEncoding | null {
  const evens = head.filter((byte, i) => byte === 0 && i % 2 === 0).length
  const odds = head.filter((byte, i) => byte === 0 && i % 2 === 1).length
  if (Math.max(evens, odds) <= head.length / 5) return null
  return odds > evens ? 'utf-16le' : 'utf-16be'
}

/** The first line that the encodings read differently, as each of them reads it. */
function previewsOf(groups: readonly (readonly [text: string, encoding: CsvEncoding])[]): EncodingPreview[] {
  const read = groups.map(([text, encoding]) => ({ encoding, lines: text.split(/[\r\n]+/) }))
  const first = read[0]?.lines ?? []
  const differing = first.findIndex((_, i) => new Set(read.map(({ lines }) => lines[i])).size === read.length)
  return read.map(({ encoding, lines }) => ({ encoding, line: shortened(lines[Math.max(0, differing)] ?? '') }))
}

const shortened = (line: string) =>
  letters(line, PREVIEW_LENGTH + 1).length > PREVIEW_LENGTH ? `${letters(line, PREVIEW_LENGTH - 1).join('')}…` : line

/** The first letters of a text of any length. */
const letters = (text: string, count: number) => [...text.slice(0, 2 * count)].slice(0, count)

/** Whether every word with a foreign letter could be one: letters of one script, in the usual case, of one alphabet. */
function readsLikeText(text: string): boolean {
  if (NO_TEXT.test(text)) return false
  const foreign = foreignWords(text)
  return foreign.every(isWord) && inOneAlphabet(foreign.join(''))
}

// Control characters, private use, unassigned; box drawing and blocks, which code pages have where others have letters.
const NO_TEXT = /[\p{Co}\p{Cn}\p{Cs}\u007f-\u009f\u2500-\u259f\ufffd]/u

function isWord(word: string): boolean {
  // A symbol that begins or parts letters: "S”hne", "™lhandel", "M¸ller".
  if (/[\p{S}\p{No}\u00a1\u00a7\u00b6\u00b7\u00bf\u2020-\u2022\u2030\u201a-\u201e\u201c\u201d\u2026]\p{L}/u.test(word))
    return false
  if (/\p{L}[\p{S}\p{No}\u00a1\u00bf\u2020-\u2022\u201a\u201e\u201c](?:\p{L}|$)/u.test(word.replace(/[™®©]$/u, '')))
    return false
  // Half-width kana are how other double-byte texts look in Shift JIS.
  if (/[\uff61-\uff9f]/.test(word)) return false
  for (const part of word.split(/[-'’.·&+]/)) {
    if (/\p{Ll}\p{Lu}/u.test(part) || /\p{Lu}\p{Lu}\p{Ll}/u.test(part)) return false
    if (mixesScripts(part)) return false
    const letters = [...part].filter((letter) => /\p{Script=Latin}/u.test(letter))
    const accented = letters.filter((letter) => letter > '\u007f').length
    if (letters.length >= 6 && accented > letters.length * 0.85) return false
    if (!isSpelt(part)) return false
  }
  return true
}

/** Greek words in small letters have one accent; no Thai word begins with a vowel sign, nor ends in its middle. */
function isSpelt(part: string): boolean {
  if (/^\p{Script=Greek}\p{Ll}{3,}$/u.test(part)) {
    return [...part.normalize('NFD')].filter((mark) => mark === '\u0301').length === 1
  }
  return !/^[\u0e30-\u0e3a\u0e45-\u0e4e]|\u0e2f\p{L}/u.test(part)
}

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Thai}/u,
]

/** Two alphabets in a word, or one ideograph among small Latin letters: "M黮ler". A brand may stand before ideographs. */
function mixesScripts(part: string): boolean {
  if (SCRIPTS.filter((script) => script.test(part)).length > 1) return true
  return /[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}\p{Script=Hiragana}]\p{Ll}|\p{Ll}\p{Script=Han}/u.test(
    part,
  )
}

// What each language writes beyond ASCII. A list of Western Europe mixes its languages; others keep to themselves.
const ALPHABETS = [
  'àâäåãáæçèéêëìíîïñòóôõöøùúûüßœÿ',
  'áðéíóúýþæö',
  'áčďéěíňóřšťúůýžľĺŕôäöüß',
  'ąćęłńóśźżäöüß',
  'áéíóöőúüűä',
  'ăâîșțşţäöüß',
  'čćđšžäöüß',
  'çğıiöşüâîûäßé',
  'āčēģīķļņšūž',
  'ąčęėįšųūž',
  'äöõüšž',
  'àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ',
].map((letters) => new Set(letters))

function inOneAlphabet(text: string): boolean {
  const foreign = new Set(
    [...text.toLowerCase().replaceAll('i\u0307', 'i')].filter((l) => l > '\u007f' && /\p{Script=Latin}/u.test(l)),
  )
  return ALPHABETS.some((alphabet) => [...foreign].every((letter) => alphabet.has(letter)))
}

/**
 * Whether double bytes stand where the encoding has its common characters. Almost any bytes are valid in these encodings;
 * a text of them all being rare ones is none.
 */
function fitsBytes(sample: Buffer, encoding: CsvEncoding): boolean {
  const common = COMMON[encoding]
  if (!common) return true
  let pairs = 0
  let usual = 0
  let low = 0
  for (let i = 0; i + 1 < sample.length; i++) {
    const lead = sample[i] ?? 0
    const trail = sample[i + 1] ?? 0
    if (lead < 0x80 || (encoding === 'shift_jis' && lead >= 0xa0 && lead <= 0xdf)) continue
    i += 1
    pairs += 1
    if (common.isUsual(lead, trail)) usual += 1
    if (trail < 0x80) low += 1
  }
  return pairs === 0 || (usual >= pairs * 0.9 && (common.isLikely?.({ pairs, low, sample }) ?? true))
}

type Pairs = { pairs: number; low: number; sample: Buffer }
type Common = { isUsual(lead: number, trail: number): boolean; isLikely?(pairs: Pairs): boolean }

// With fewer characters, chance explains a lot.
const ENOUGH = 8

const COMMON: Partial<Record<CsvEncoding, Common>> = {
  // Level 1 and 2 of GB 2312; a text of hangul has its leads in the first half of them, and so has no Chinese one.
  gb18030: {
    isUsual: (lead, trail) => trail >= 0xa1 && (lead <= 0xa3 || (lead >= 0xb0 && lead <= 0xf7)),
    isLikely: ({ pairs, sample }) => pairs < ENOUGH || !isHangul(sample),
  },
  'euc-kr': { isUsual: (lead, trail) => trail >= 0xa1 && (lead <= 0xa3 || (lead >= 0xb0 && lead <= 0xc8)) },
  // Two in five characters of Big5 have a trail below 0x80; other double-byte encodings have few or none.
  big5: {
    isUsual: (lead) => lead >= 0xa1 && lead <= 0xf9,
    isLikely: ({ pairs, low }) => pairs < ENOUGH || low > 0,
  },
  shift_jis: {
    isUsual: (lead) =>
      (lead >= 0x81 && lead <= 0x84) || (lead >= 0x88 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xea),
  },
  'euc-jp': {
    isUsual: (lead, trail) => trail >= 0xa1 && (lead <= 0xa5 || (lead >= 0xb0 && lead <= 0xf4)),
    isLikely: ({ sample, pairs }) => pairs < ENOUGH || hasKana(sample),
  },
}

const leadsOf = (sample: Buffer) => {
  const leads: number[] = []
  for (let i = 0; i + 1 < sample.length; i++) {
    const lead = sample[i] ?? 0
    if (lead < 0x80) continue
    leads.push(lead)
    i += 1
  }
  return leads
}

const isHangul = (sample: Buffer) => leadsOf(sample).every((lead) => lead <= 0xa3 || (lead >= 0xb0 && lead <= 0xc8))

const hasKana = (sample: Buffer) => leadsOf(sample).some((lead) => lead === 0xa4 || lead === 0xa5)
