'use client'

import { Send } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { Select } from '@/components/ui/fields/select'
import { Dialog } from '@/components/ui/overlays/dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'
import type { Preview, TestMailboxes } from '../api-types'
import { contentOf, type TextDraft } from './template-draft'

/** Sends what stands in the editor, with the values of the lead in the preview, from a chosen mailbox to one address. */
export function SendTestDialog({
  draft,
  lead,
  open,
  onOpenChange,
}: {
  draft: TextDraft
  lead: Preview['lead']
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const form = useId()
  const choices = api.templates.testMailboxes.useQuery(undefined, { enabled: open }).data
  const [typed, setTyped] = useState<string | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const to = typed ?? choices?.to ?? ''
  const mailbox = mailboxOf(choices, chosen)
  const send = api.templates.sendTest.useMutation()
  const change = (next: boolean) => {
    if (send.isPending) return
    send.reset()
    onOpenChange(next)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const choice = { ...(lead ? { lead: { id: lead.id } } : {}), ...(mailbox ? { mailboxId: mailbox.id } : {}) }
    send.mutate(
      { template: contentOf(draft), to, ...choice },
      {
        onSuccess: (sent) => {
          onOpenChange(false)
          const where = sent.goesOut ? 'It left this machine.' : 'It stayed on this machine.'
          notifyDone(`Test email sent to ${sent.to}.`, {
            description: `From ${sent.from}: “${sent.subject}”. ${where}`,
          })
        },
      },
    )
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title="Send a test email"
      description={`With the values of ${lead ? lead.name : 'the example lead'}. It counts for no campaign and no daily limit.`}
      footer={
        <>
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            icon={Send}
            pending={send.isPending}
            disabled={!to.trim()}
          >
            Send test
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="grid gap-3">
        <From choices={choices} mailbox={mailbox} onChoose={setChosen} />
        <Field label="To" required>
          <Input type="email" autoComplete="email" value={to} onChange={({ target }) => setTyped(target.value)} />
        </Field>
        {mailbox?.goesOut && choices?.unreachableLinks && <UnreachableLinks address={choices.unreachableLinks} />}
        {send.error && <ErrorState title={messageOf(send.error)} />}
      </form>
    </Dialog>
  )
}

type TestMailbox = TestMailboxes['mailboxes'][number]

function From({
  choices,
  mailbox,
  onChoose,
}: {
  /** Undefined while they are loaded. */
  choices: TestMailboxes | undefined
  mailbox: TestMailbox | undefined
  onChoose: (id: string) => void
}) {
  return (
    <Field label="From" hint={mailbox && whereWords(mailbox)}>
      <Select
        value={mailbox?.id ?? null}
        onValueChange={onChoose}
        placeholder={choices ? 'No mailbox yet' : 'Loading'}
        disabled={!choices || choices.mailboxes.length === 0}
        options={(choices?.mailboxes ?? []).map(({ id, fromEmail, name, unusable }) => ({
          value: id,
          label: fromEmail,
          hint: unusable ?? name,
          disabled: unusable !== null,
        }))}
      />
    </Field>
  )
}

const UnreachableLinks = ({ address }: { address: string }) => (
  <Callout tone="held" title="Its links open on this machine alone.">
    They begin with {address}. Recipients need the public https address that APP_URL names; a campaign does not start
    from this mailbox without.
  </Callout>
)

/** The chosen mailbox, else the first that can be used, as the server takes it. */
const mailboxOf = (choices: TestMailboxes | undefined, chosen: string | null) =>
  choices?.mailboxes.find(({ id }) => id === chosen) ??
  choices?.mailboxes.find(({ unusable }) => unusable === null) ??
  choices?.mailboxes[0]

const whereWords = ({ unusable, goesOut }: TestMailbox) => {
  if (unusable !== null) return `It cannot send now: ${unusable}`
  return goesOut ? 'The email really goes out.' : 'The email stays on this machine, in the sandbox of this app.'
}
