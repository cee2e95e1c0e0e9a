/** A subject for people: `About {{ company_name | default: "you" }}` reads "About [company_name]". */
export const subjectWords = (subject: string) =>
  subject
    .replace(/\{\{-?\s*([\w.]+).*?\}\}/g, '[$1]')
    .replace(/\{%.*?%\}/g, '')
    .trim()

/** What a template is called for people: a text that belongs to a step has no name, and is known by its subject. */
export const titleOf = ({ name, subject }: { name: string; subject: string }): string =>
  name || subjectWords(subject) || 'No subject yet'
