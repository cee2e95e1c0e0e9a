import type { ReactNode } from 'react'
import { Brand } from '@/components/brand'

/** The frame of the pages before the door: one card in the middle. */
export function AccountPage({
  title,
  sub,
  children,
  sender,
}: {
  title: string
  sub: ReactNode
  children: ReactNode
  /** The name over the card, where it is not this program's: recipients of emails know their sender. */
  sender?: string | null
}) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-[400px] content-center gap-6 px-4 py-10">
      {sender ? (
        <p className="text-center font-semibold text-body [overflow-wrap:anywhere]">{sender}</p>
      ) : (
        <Brand className="justify-center" />
      )}
      <section className="rounded-card border bg-surface p-6 shadow-rest">
        <h1 className="font-semibold text-heading">{title}</h1>
        <p className="mt-1 mb-5 text-control text-ink-2">{sub}</p>
        {children}
      </section>
    </main>
  )
}
