/** Methods of strings that read what they are called on, and how much of it where they search: for each place, all of the pattern. */
const READING = ['split', 'indexOf', 'includes', 'lastIndexOf', 'replace', 'replaceAll', 'match', 'matchAll'] as const
const COPYING = ['toUpperCase', 'toLowerCase', 'trim', 'trimStart', 'normalize'] as const

/**
 * Counts the characters that strings' own methods have to touch at worst while `work` runs: both lengths multiplied where one
 * text is searched for in another. Nothing else runs meanwhile.
 */
export function charactersTouched(work: () => void): number {
  let touched = 0
  const note = (text: string, pattern: unknown) => {
    touched += text.length * (typeof pattern === 'string' ? Math.max(1, pattern.length) : 1)
  }
  const own = [...READING, ...COPYING].map(
    (name) => [name, Object.getOwnPropertyDescriptor(String.prototype, name)] as const,
  )
  for (const [name, descriptor] of own) {
    const method: (...args: unknown[]) => unknown = descriptor?.value
    const searches = (READING as readonly string[]).includes(name)
    Object.defineProperty(String.prototype, name, {
      ...descriptor,
      value(this: string, ...args: unknown[]) {
        note(this, searches ? args[0] : undefined)
        return method.apply(this, args)
      },
    })
  }
  try {
    work()
  } finally {
    for (const [name, descriptor] of own) if (descriptor) Object.defineProperty(String.prototype, name, descriptor)
  }
  return touched
}
