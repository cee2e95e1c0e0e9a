import { expect, test } from 'vitest'
import { wordComplaints } from '../../../scripts/lib/screen-words'

test('finds retired words in strings, templates and JSX text, with the line and what to say instead', () => {
  const text = [
    "const a = 'Mend it'",
    `const b = \`\${3} mails wait\``,
    'const c = <p>',
    '  up to 3 leads a run',
    '</p>',
  ].join('\n')
  expect(wordComplaints('a.tsx', text)).toEqual([
    'a.tsx:1: "Mend" is not said on screens; say fix',
    'a.tsx:2: "mails" is not said on screens; say emails',
    'a.tsx:4: "leads a run" is not said on screens; say "per", as in "leads per run"',
  ])
})

test('leaves code, comments, mail servers and mailboxes alone', () => {
  const text = [
    "import { mail } from './mail'",
    '// mends the mail',
    "const kind: 'mail' = mails.mail",
    "const said = 'The mail server of this mailbox did not answer; your mail program shows more.'",
    'const box = <div className="mail" />',
  ].join('\n')
  expect(wordComplaints('a.tsx', text)).toEqual([])
})
