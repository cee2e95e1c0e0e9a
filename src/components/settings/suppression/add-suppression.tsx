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
import { api, detailsOf, messageOf } from '@/trpc/react'
import { effectWords, REASON_OPTIONS } from './suppression-text'

/** The button, and the dialog that puts one address or domain on the list. */
export function AddSuppression() {
  const formId = useId()
  const [open, setOpen] = useState(false)
  const work = useAddition(() => setOpen(false))
  const { asked, adding } = work
  const change = (next: boolean) => {
    setOpen(next)
    if (!next) work.reset()
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
            {asked ? (
              <Button variant="danger" pending={adding} onClick={work.confirm}>
                Add everybody at {asked}
              </Button>
            ) : (
              <Button type="submit" form={formId} variant="primary" pending={adding}>
                Add to the list
              </Button>
            )}
          </>
        }
      >
        <form id={formId} onSubmit={work.submit} noValidate className="grid gap-4">
          <Field
            label="Address or domain"
            hint="A domain covers everybody at it. Emails already planned for them are skipped."
            error={work.problem}
            required
          >
            <Input
              value={work.value}
              onChange={({ target }) => work.type(target.value)}
              placeholder="ada@company.com or company.com"
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
          <Field
            label="Reason"
            {...(work.reason === 'unsubscribed' ? { hint: 'Leads with this address become unsubscribed too.' } : {})}
          >
            <Select value={work.reason} onValueChange={work.setReason} options={REASON_OPTIONS} />
          </Field>
        </form>
      </Dialog>
    </>
  )
}

/** What is typed, and a domain that the server asks back about before it is added. */
function useAddition(onDone: () => void) {
  const utils = api.useUtils()
  const [value, setValue] = useState('')
  const [reason, setReason] = useState<SuppressionReason>('manual')
  const [problem, setProblem] = useState<string | null>(null)
  const [asked, setAsked] = useState<string | null>(null)
  const type = (next: string) => {
    setValue(next)
    setProblem(null)
    setAsked(null)
  }
  const reset = () => {
    type('')
    setReason('manual')
  }
  const add = api.suppression.add.useMutation({
    onSuccess: async (done) => {
      await utils.suppression.list.invalidate()
      reset()
      onDone()
      const what = done.kind === 'domain' ? `Everybody at ${done.value}` : done.value
      if (done.added) notifyDone(`${what} gets no more emails.`, { description: effectWords(done) })
      else notifyInfo(`${done.value} was on the list already.`, { description: effectWords(done) })
    },
    onError: (error) => {
      const { confirm, value: domain } = detailsOf(error) ?? {}
      setAsked(confirm === true && typeof domain === 'string' ? domain : null)
      setProblem(messageOf(error))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // Enter in the field confirms nothing.
    if (asked) return
    const read = readSuppressed(value)
    if (read.ok) return add.mutate({ value, reason })
    setProblem(value.trim() ? `${read.problem}.` : 'Enter an address, such as ada@company.com, or a domain.')
  }
  const confirm = () => add.mutate({ value, reason, confirmed: true })
  return { value, reason, problem, asked, adding: add.isPending, type, setReason, submit, confirm, reset }
}
