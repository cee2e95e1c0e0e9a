'use client'

import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { cn } from '@/components/ui/class-names'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/fields/field'
import { Textarea } from '@/components/ui/fields/input'
import { type ImportSource, readFile, readPasted } from './read-file'

/** Drop a file, choose one, or paste rows. */
export function ChooseFile({ onChoose }: { onChoose: (source: ImportSource) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [error, setError] = useState<string | null>(null)

  const take = (file: File | undefined) => {
    if (!file) return
    setError(null)
    try {
      onChoose(readFile(file))
    } catch (reason) {
      setError((reason as Error).message)
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <div className="grid gap-4">
      <Card>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button does the same */}
        <div
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
          className={cn(
            'm-3 grid justify-items-center gap-3 rounded-control border border-field border-dashed px-6 py-12 text-center transition-colors',
            over && 'border-accent bg-accent-soft',
          )}
        >
          <FileUp aria-hidden className="size-5 text-ink-3" />
          <div className="grid max-w-[46ch] gap-1">
            <p className="font-semibold text-body">Drop a CSV file here</p>
            <p className="text-control text-ink-2">
              From Apollo, HubSpot, LinkedIn or a spreadsheet; up to 20 MiB and 100,000 rows. Nothing is imported before
              you have seen the check.
            </p>
          </div>
          <input
            ref={input}
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
            aria-label="CSV file"
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => {
              take(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          <Button variant="primary" onClick={() => input.current?.click()}>
            Choose file
          </Button>
        </div>
        {error && <ErrorState className="m-3" title={error} untouched="Nothing was imported." />}
      </Card>
      <PasteRows onChoose={onChoose} />
    </div>
  )
}

function PasteRows({ onChoose }: { onChoose: (source: ImportSource) => void }) {
  const [pasted, setPasted] = useState('')
  return (
    <Card>
      <CardHeader title="Or paste rows" />
      <CardBody className="grid gap-3">
        <Field
          label="Rows"
          hint="Best with a first line that names the columns. Addresses alone and rows copied from a spreadsheet work, too."
        >
          <Textarea
            code
            rows={5}
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
            placeholder={'Email,First name,Company\nada@nordwind.example,Ada,Nordwind'}
            spellCheck={false}
          />
        </Field>
        <Button
          className="justify-self-start"
          disabled={pasted.trim() === ''}
          onClick={() => onChoose(readPasted(pasted))}
        >
          Check rows
        </Button>
      </CardBody>
    </Card>
  )
}
