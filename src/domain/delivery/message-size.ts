/** Why an email is too large: its own size in bytes, and the server's limit or what it answered. */
export function tooLargeWords(bytes: number, server: { limit: number } | { response: string }): string {
  const size = `The email is too large: ${sizeInWords(bytes)}`
  return 'limit' in server
    ? `${size}, and the server takes at most ${sizeInWords(server.limit)}.`
    : `${size}. The server says: “${server.response}”`
}

const UNITS = ['bytes', 'kB', 'MB', 'GB'] as const

/** As people read sizes: "900 bytes", "12.3 kB", "10 MB"; by thousands, as mail providers count. */
export function sizeInWords(bytes: number): string {
  let value = bytes
  let unit = 0
  // Rounded before it is compared: 999,960 bytes are "1 MB", not "1000 kB".
  while (Math.round(value * 10) >= 10_000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${Math.round(value * 10) / 10} ${UNITS[unit]}`
}
