/** Remembers in which line of a file each address stood first. One for each file. */
export class SeenAddresses {
  private readonly lines = new Map<string, number>()

  /** The line in which this address stood before; null the first time. */
  firstLineOf(email: string, line: number): number | null {
    const first = this.lines.get(email)
    if (first !== undefined) return first
    this.lines.set(email, line)
    return null
  }
}
