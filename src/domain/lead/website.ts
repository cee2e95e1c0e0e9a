const TRACKING = /^(?:utm_.*|gclid|fbclid|msclkid|mc_cid|mc_eid|igshid|ref)$/i

/**
 * A web address as people write it in a sentence: "bücher.example/über-uns" for
 * "https://www.xn--bcher-kva.example/%C3%BCber-uns?utm_source=x". Anything else stays as it is.
 */
export function shownWebsite(website: string): string {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(website) ? website : `https://${website}`
  if (/\s/.test(address) || !URL.canParse(address)) return website
  const url = new URL(address)
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name)
  const host = url.host
    .replace(/^www\./i, '')
    .split('.')
    .map(shownLabel)
    .join('.')
  return `${host}${decoded(url.pathname)}${url.search}`.replace(/\/$/, '')
}

function decoded(path: string): string {
  try {
    const text = decodeURI(path)
    // A blank or a control character would break the address in two.
    return /[\s\p{C}]/u.test(text) ? path : text
  } catch {
    return path
  }
}

const shownLabel = (label: string) => (label.startsWith('xn--') ? (fromPunycode(label.slice(4)) ?? label) : label)

/** RFC 3492: the letters of a label behind `xn--`; null where it is none. */
function fromPunycode(label: string): string | null {
  const dash = label.lastIndexOf('-')
  const output = dash > 0 ? [...label.slice(0, dash)].map((letter) => letter.codePointAt(0) ?? 0) : []
  let [n, i, bias] = [128, 0, 72]
  for (let at = dash + 1; at < label.length; ) {
    const before = i
    for (let weight = 1, k = 36; ; k += 36) {
      const digit = digitOf(label.charCodeAt(at++))
      if (digit === null) return null
      i += digit * weight
      const threshold = Math.min(26, Math.max(1, k - bias))
      if (digit < threshold) break
      weight *= 36 - threshold
    }
    const length = output.length + 1
    bias = adapt(i - before, length, before === 0)
    n += Math.floor(i / length)
    i %= length
    if (n > 0x10ffff) return null
    output.splice(i++, 0, n)
  }
  const text = String.fromCodePoint(...output)
  return /^[\p{L}\p{M}\p{N}-]+$/u.test(text) ? text : null
}

function digitOf(code: number): number | null {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61
  return code >= 0x30 && code <= 0x39 ? code - 0x30 + 26 : null
}

function adapt(delta: number, points: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? 700 : 2))
  rest += Math.floor(rest / points)
  let k = 0
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35)
  return k + Math.floor((36 * rest) / (rest + 38))
}
