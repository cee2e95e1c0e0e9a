import type { LeadSourceName } from '@/domain/lead-generation/criteria'

/** One charged response: its request as `page`, and the references of the people or companies in it. */
export type Purchase = { page: string; refs: string[]; credits: number }

/** Counts the purchases of a client, as proof that it bought nothing twice. */
export class PurchaseLog {
  readonly pages = new Map<string, number>()
  readonly refs = new Map<string, number>()
  readonly credits: Record<LeadSourceName, number> = { apollo: 0, google_places: 0, hunter: 0 }

  add(api: LeadSourceName, { page, refs, credits }: Purchase): void {
    count(this.pages, `${api} ${page}`)
    for (const ref of refs) count(this.refs, `${api} ${ref}`)
    this.credits[api] += credits
  }

  /** Pages, and people or companies, that were paid for more than once. */
  get duplicates(): { pages: string[]; refs: string[] } {
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
      duplicates: this.duplicates,
    }
  }
}

const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1)
