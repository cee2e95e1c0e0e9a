'use client'

import { Plus } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { Select } from '@/components/ui/fields/select'
import { Dialog } from '@/components/ui/overlays/dialog'
import { notifyDone, notifyInfo } from '@/components/ui/overlays/toast'
import { readSuppressed, type SuppressionReason } from '@/domain/lead/suppression'
import { api, messageOf } from '@/trpc/react'
import { effectWords, REASON_OPTIONS } from './suppression-text'

/** The button, and the dialog that puts one address or domain on the list. */
export function AddSuppression() {
  const utils = api.useUtils()
  const formId = useId()
  const [open, setOpen] = useState(false)
  const [value, setValue] = useState('')
  const [reason, setReason] = useState<SuppressionReason>('manual')
  const [problem, setProblem] = useState<string | null>(null)
  const add = api.suppression.add.useMutation({
    onSuccess: async (done) => {
      await utils.suppression.list.invalidate()
      change(false)
      const what = done.kind === 'domain' ? `Everybody at ${done.value}` : done.value
      if (done.added) notifyDone(`${what} gets no more emails.`, { description: effectWords(done) })
      else notifyInfo(`${done.value} was on the list already.`, { description: effectWords(done) })
    },
    onError: (error) => setProblem(messageOf(error)),
  })
  const change = (next: boolean) => {
    setOpen(next)
    if (next) return
    setValue('')
    setReason('manual')
    setProblem(null)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readSuppressed(value)
    if (read.ok) return add.mutate({ value, reason })
    setProblem(value.trim() ? `${read.problem}.` : 'Enter an address, such as ada@company.com, or a domain.')
  }
  return (
    <>
      <Button variant="primary" icon={Plus} onClick={() => setOpen(true)}>
        Add
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title="Add to the suppression list"
        footer={
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary" pending={add.isPending}>
              Add to the list
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
          <Field
            label="Address or domain"
            hint="A domain covers everybody at it. Emails already planned for them are skipped."
            error={problem}
            required
          >
            <Input
              value={value}
              onChange={({ target }) => {
                setValue(target.value)
                setProblem(null)
              }}
              placeholder="ada@company.com or company.com"
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
          <Field
            label="Reason"
            {...(reason === 'unsubscribed' ? { hint: 'Leads with this address become unsubscribed too.' } : {})}
          >
            <Select value={reason} onValueChange={setReason} options={REASON_OPTIONS} />
          </Field>
        </form>
      </Dialog>
    </>
  )
}
