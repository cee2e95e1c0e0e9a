import type { ReactNode } from 'react'
import { Card, CardHeader } from '@/components/ui/card'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'

type Entry = { id: string; title: string; text: ReactNode }

const ENTRIES: readonly Entry[] = [
  {
    id: 'ledger',
    title: 'The numbers of a campaign always add up',
    text: 'Starting a campaign plans every email at once: one for each lead and step. From then on sent, pending, held, failed, skipped and cancelled emails together are exactly the planned ones. A campaign is completed only when nothing is pending or held.',
  },
  {
    id: 'when',
    title: 'When an email leaves',
    text: 'On its planned day, once its mailbox’s window is open, the daily limits leave room, the pace allows it, the step before it was delivered, and the lead’s last email is at least 24 hours old. Every waiting email says which of these it waits for.',
  },
  {
    id: 'held',
    title: 'Held: delivery unknown',
    text: (
      <>
        If a worker stops while an email is on the wire, nobody can know whether it arrived. Such an email is held and
        never sent again by itself, unless you choose so under <TextLink href={routes.settings}>General</TextLink>.
      </>
    ),
  },
  {
    id: 'pause',
    title: 'Pause, resume, stop',
    text: 'Pausing takes effect at once, and nothing is lost. Resuming moves what is overdue without shortening the days between two steps, after showing you what will move. Stopping cancels what is left and cannot be undone.',
  },
  {
    id: 'unsubscribe',
    title: 'Whoever unsubscribes gets no more emails',
    text: (
      <>
        Every campaign email carries a link to unsubscribe and your postal address. The address then stands on the{' '}
        <TextLink href={routes.suppression()}>suppression list</TextLink>, which every campaign obeys, also those
        already running.
      </>
    ),
  },
  {
    id: 'sandbox',
    title: 'Sandbox',
    text: (
      <>
        Without a mail server of your own, emails are sent as real ones would be, but land in the{' '}
        <TextLink href={routes.sandbox()}>sandbox</TextLink> on this machine. A mailbox with a server of its own really
        sends, also from a sandbox.
      </>
    ),
  },
  {
    id: 'data',
    title: 'Where your data is',
    text: 'In the PostgreSQL database of this installation, and nowhere else. Passwords of mailboxes are encrypted and never shown. Nothing is reported to anybody.',
  },
]

/** The essentials of how emails are sent, each in a few sentences that can be linked to. */
export function PlainWords() {
  return (
    <Card>
      <CardHeader title="How it works, in plain words" />
      <div className="divide-y px-[18px] pb-2 text-control">
        {ENTRIES.map(({ id, title, text }) => (
          <section key={id} id={id} className="grid max-w-[68ch] gap-0.5 py-3">
            <h3 className="font-medium">{title}</h3>
            <p className="text-ink-2">{text}</p>
          </section>
        ))}
      </div>
    </Card>
  )
}
