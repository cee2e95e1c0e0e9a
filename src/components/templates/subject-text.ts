/** A subject for people: `About {{ company_name | default: "you" }}` reads "About [company_name]". */
export const subjectWords = (subject: string) =>
  subject
    .replace(/\{\{-?\s*([\w.]+).*?\}\}/g, '[$1]')
    .replace(/\{%.*?%\}/g, '')
    .trim()
