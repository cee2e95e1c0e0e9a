/** The candidate a person most likely meant, or `null` when none is near enough to be worth saying. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = normal(word)
  if (!wanted) return null
  let best: { name: string; distance: number } | null = null
  for (const name of candidates) {
    const distance = nearness(wanted, normal(name))
    if (distance !== null && (!best || distance < best.distance)) best = { name, distance }
  }
  return best?.name ?? null
}

/** Case, separators and an object in front (`lead.company`) are the usual slips. */
const normal = (word: string) =>
  word
    .slice(0, 80)
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/^.*\./, '')
    .replace(/[^a-z0-9]+/g, '')

function nearness(wanted: string, name: string): number | null {
  const begins = wanted.length >= 4 && (name.startsWith(wanted) || wanted.startsWith(name))
  // No distance is shorter than the difference of the lengths.
  if (!begins && Math.abs(wanted.length - name.length) > 2) return null
  const distance = editDistance(wanted, name)
  // Two slips in a long word, one in a short one.
  if (distance <= (name.length > 5 ? 2 : 1)) return distance
  // "company" for company_name: worse than any slip, better than nothing.
  return begins ? 10 + distance : null
}

/** Optimal string alignment: insert, delete, replace and swap of neighbours count one each. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (rows[i - 2]?.[j - 2] ?? 0) + 1)
      }
      row.push(cost)
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] ?? 0
}
