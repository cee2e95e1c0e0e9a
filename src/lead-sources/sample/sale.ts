import type { LeadSourceName } from '@/domain/lead-generation/criteria'

/** What was charged for: each answer by what was asked, each person or company by its reference. */
export type Sale = { page: string; refs: string[]; credits: number }

/** Counts what a client bought, so that one can prove that it bought nothing twice. */
export class Sales {
  readonly pages = new Map<string, number>()
  readonly refs = new Map<string, number>()
  readonly credits: Record<LeadSourceName, number> = { apollo: 0, google_places: 0, hunter: 0 }

  add(api: LeadSourceName, { page, refs, credits }: Sale): void {
    count(this.pages, `${api} ${page}`)
    for (const ref of refs) count(this.refs, `${api} ${ref}`)
    this.credits[api] += credits
  }

  /** Pages, and people or companies, that were paid for more than once. */
  get twice(): { pages: string[]; refs: string[] } {
    const more = (counts: Map<string, number>) => [...counts].flatMap(([key, times]) => (times > 1 ? [key] : []))
    return { pages: more(this.pages), refs: more(this.refs) }
  }

  clear(): void {
    this.pages.clear()
    this.refs.clear()
    for (const api of Object.keys(this.credits) as LeadSourceName[]) this.credits[api] = 0
  }

  toJSON() {
    return {
      pages: Object.fromEntries(this.pages),
      refs: Object.fromEntries(this.refs),
      credits: this.credits,
      twice: this.twice,
    }
  }
}

const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
