'use client'

import { Send } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { useHealth } from '@/components/shell/health'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { Dialog } from '@/components/ui/overlays/dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { api, messageOf } from '@/trpc/react'
import type { Preview } from '../api-types'
import { contentOf, type TemplateDraft } from './template-draft'

const REMEMBERED = 'test-mail-to'

/** Sends what stands in the editor, with the values of the lead in the preview, to one address. */
export function SendTestDialog({
  draft,
  lead,
  open,
  onOpenChange,
}: {
  draft: TemplateDraft
  lead: Preview['lead']
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const { data: health } = useHealth()
  const form = useId()
  const [to, setTo] = useState(() => localStorage.getItem(REMEMBERED) ?? '')
  const send = api.templates.sendTest.useMutation()
  const change = (next: boolean) => {
    if (send.isPending) return
    send.reset()
    onOpenChange(next)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate(
      { template: contentOf(draft), to, ...(lead ? { lead: { id: lead.id } } : {}) },
      {
        onSuccess: (sent) => {
          localStorage.setItem(REMEMBERED, to)
          onOpenChange(false)
          notifyDone(`Test email sent to ${sent.to}.`, { description: `From ${sent.from}: “${sent.subject}”` })
        },
      },
    )
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title="Send a test email"
      description={`With the values of ${lead ? lead.name : 'the example lead'}. It counts for no campaign and no limit.`}
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
        <Field
          label="To"
          hint={health?.mode === 'sandbox' ? 'Sandbox: it stays on this machine, in the inbox of this app.' : undefined}
          required
        >
          <Input type="email" autoComplete="email" value={to} onChange={(event) => setTo(event.target.value)} />
        </Field>
        {send.error && <ErrorState title={messageOf(send.error)} />}
      </form>
    </Dialog>
  )
}
