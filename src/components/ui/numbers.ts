const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** 1236 -> "1,236". */
export const formatCount = (value: number) => counts.format(value)

/** A number as it was typed, spaces around it or not; what is no number, and an empty field, is `NaN`, which every check refuses. */
export const numberOf = (text: string) => (text.trim() === '' ? Number.NaN : Number(text))

/** A share of a whole: (486, 1236) -> "39 %". Whole percents, but what is not nothing is never "0 %" and what is not all never "100 %". */
export function formatShare(part: number, whole: number) {
  if (whole <= 0 || part <= 0) return '0 %'
  const share = (100 * part) / whole
  if (share < 1) return '< 1 %'
  return `${part < whole ? Math.min(99, Math.round(share)) : Math.round(share)} %`
}

/** The word that goes with a number: (1, 'is', 'are') -> "is". */
export const inNumber = (count: number, one: string, many: string) => (count === 1 ? one : many)

/** (1, 'lead') -> "1 lead"; (1240, 'lead') -> "1,240 leads"; an irregular plural is passed. */
export const formatOf = (count: number, one: string, many = `${one}s`) =>
  `${formatCount(count)} ${inNumber(count, one, many)}`
