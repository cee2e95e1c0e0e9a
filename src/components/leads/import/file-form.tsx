'use client'

import { Button } from '@/components/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '@/components/ui/card'
import { Field } from '@/components/ui/fields/field'
import { Select } from '@/components/ui/fields/select'
import { CSV_DELIMITERS, CSV_ENCODINGS } from '@/domain/lead/csv-encodings'
import { sizeWords } from './read-file'
import type { FileForm } from './remembered-format'
import type { LeadImport } from './use-lead-import'

/** How the file is read: found by itself, and changeable. */
export function FileFormCard({ work }: { work: LeadImport }) {
  const { source, form, reading } = work
  if (!source) return null
  return (
    <Card aria-labelledby="file-form">
      <CardHeader id="file-form" title="File" aside={sizeWords(source.size)} />
      <CardBody className="grid gap-3">
        <p className="font-medium [overflow-wrap:anywhere]">{source.fileName}</p>
        {!source.pasted && (
          <Field label="Encoding">
            <Select
              options={CSV_ENCODINGS}
              value={reading.encoding ?? form?.encoding ?? 'utf-8'}
              onValueChange={(encoding) => work.read({ encoding })}
            />
          </Field>
        )}
        {form && (
          <Field label="Column names">
            <Select
              options={headerOptions(form)}
              value={String(form.headerLine)}
              onValueChange={(line) => work.read({ headerLine: Number(line) })}
            />
          </Field>
        )}
        <Field label="Delimiter">
          <Select
            options={CSV_DELIMITERS}
            value={reading.delimiter ?? form?.delimiter ?? null}
            onValueChange={(delimiter) => work.read({ delimiter })}
            placeholder="Found by itself"
          />
        </Field>
      </CardBody>
      <CardFooter>
        <Button onClick={work.start}>Choose another file</Button>
      </CardFooter>
    </Card>
  )
}

const headerOptions = ({ firstLines, headerLine }: FileForm) => {
  const known = firstLines.some(({ line }) => line === headerLine)
  return [
    { value: '0', label: 'No line names the columns' },
    ...firstLines.map(({ line, text }) => ({ value: String(line), label: `Line ${line}`, hint: text })),
    ...(known || headerLine === 0 ? [] : [{ value: String(headerLine), label: `Line ${headerLine}` }]),
  ]
}
