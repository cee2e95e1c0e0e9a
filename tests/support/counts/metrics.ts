/** Values of a text for Prometheus by name with labels in order: `leadnex_emails{status="sent"}`. */
export function metricsOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  )
}

/** Names of the metrics in a text, those of a histogram's parts included. */
export const metricNamesOf = (text: string): Set<string> =>
  new Set([...metricsOf(text).keys()].map((key) => key.replace(/\{.*/s, '')))
