'use client'

import { Upload } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/fields/field'
import { Textarea } from '@/components/ui/fields/input'
import { Select } from '@/components/ui/fields/select'
import { Dialog } from '@/components/ui/overlays/dialog'
import type { SuppressionReason } from '@/domain/lead/suppression'
import { api, messageOf } from '@/trpc/react'
import type { SuppressionImport } from '../api-types'
import { effectWords, importWords, REASON_OPTIONS } from './suppression-text'

/** The button, and the dialog that takes many addresses and domains, one a line; then says what became of each. */
export function ImportSuppression() {
  const utils = api.useUtils()
  const formId = useId()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [reason, setReason] = useState<SuppressionReason>('manual')
  const [problem, setProblem] = useState<string | null>(null)
  const load = api.suppression.import.useMutation({
    onSuccess: () => utils.suppression.list.invalidate(),
    onError: (error) => setProblem(messageOf(error)),
  })
  const change = (next: boolean) => {
    setOpen(next)
    if (next) return
    setText('')
    setProblem(null)
    load.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) load.mutate({ text, reason, fileName: 'Pasted lines' })
    else setProblem('Paste at least one line.')
  }
  const done = load.data
  return (
    <>
      <Button icon={Upload} onClick={() => setOpen(true)}>
        Import
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title={done ? 'Import done' : 'Import addresses and domains'}
        footer={
          done ? (
            <Button variant="primary" onClick={() => change(false)}>
              Close
            </Button>
          ) : (
            <>
              <Button onClick={() => change(false)}>Cancel</Button>
              <Button type="submit" form={formId} variant="primary" pending={load.isPending}>
                {load.isPending ? 'Importing' : 'Import'}
              </Button>
            </>
          )
        }
      >
        {done ? (
          <Done done={done} />
        ) : (
          <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
            <Field
              label="One address or domain a line"
              hint="Rows of a CSV file work too: its email or domain column is taken."
              error={problem}
              required
            >
              <Textarea
                code
                rows={8}
                value={text}
                onChange={({ target }) => {
                  setText(target.value)
                  setProblem(null)
                }}
                placeholder={'ada@company.com\ncompetitor.com'}
                spellCheck={false}
              />
            </Field>
            <Field label="Reason">
              <Select value={reason} onValueChange={setReason} options={REASON_OPTIONS} />
            </Field>
          </form>
        )}
      </Dialog>
    </>
  )
}

function Done({ done }: { done: SuppressionImport }) {
  return (
    <div className="grid gap-3" role="status">
      <Callout tone={done.invalid > 0 ? 'held' : 'sent'} title={importWords(done)}>
        {effectWords(done)}
      </Callout>
      {done.problems.length > 0 && (
        <ul aria-label="Lines left out" className="grid max-h-[240px] gap-1.5 overflow-y-auto">
          {done.problems.map(({ line, problem }) => (
            <li key={line} className="grid grid-cols-[64px_1fr] gap-2">
              <span className="text-ink-3">Line {line}</span>
              <span className="min-w-0 [overflow-wrap:anywhere]">{problem}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
