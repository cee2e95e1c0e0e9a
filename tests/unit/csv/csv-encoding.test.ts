import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { CsvEncoding } from '@/domain/lead/csv-encodings'
import { fromBytes, refusal, rowsOf } from './open-file'

describe('encoding', () => {
  const text = 'email;name\r\na@x.example;Müller\r\nb@x.example;Søren\r\n'

  it.each([
    ['utf-8', undefined, Buffer.from(text)],
    ['utf-8', undefined, Buffer.from(`\ufeff${text}`)],
    ['utf-16le', undefined, iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['utf-16be', undefined, iconv.encode(text, 'utf-16be', { addBOM: true })],
    ['windows-1252', 'windows-1252', iconv.encode(text, 'windows-1252')],
    ['macintosh', 'macintosh', iconv.encode(text, 'macintosh')],
  ] as const)('reads %s (chosen: %s)', async (encoding, chosen, bytes) => {
    const file = await fromBytes(bytes, chosen)
    expect(file.encoding).toBe(encoding)
    expect(file.columns[0]?.name).toBe('email')
    expect((await rowsOf(file)).map(([, cells]) => cells[1])).toEqual(['Müller', 'Søren'])
  })

  it('refuses bytes that are not valid in it, with the first bad line, what it looks like and what to do', async () => {
    const bytes = iconv.encode('email,name\na@x.example,Smith\nb@x.example,Müller\n', 'windows-1252')
    expect(await refusal(fromBytes(bytes))).toEqual({
      code: 'unreadable_file',
      message:
        'Line 3 of "leads.csv" is not valid UTF-8. Nothing was imported. Choose the encoding "Windows-1252 (Western Europe)", which it looks like, or save the file as "CSV UTF-8" and try again.',
      details: { fileName: 'leads.csv', line: 3, encoding: 'utf-8', suggestion: 'windows-1252' },
    })
  })

  it('refuses a wrong choice as well', async () => {
    expect((await refusal(fromBytes(Buffer.from('email,n\nx,ok\nx,Ý\u0081\n'), 'windows-1252'))).message).toBe(
      'Line 3 of "leads.csv" is not valid Windows-1252 (Western Europe). Nothing was imported. Choose the encoding "UTF-8", which it looks like, or save the file as "CSV UTF-8" and try again.',
    )
    const wide = iconv.encode('email,name\na@x.example,A\n', 'utf-16le', { addBOM: false })
    expect(await refusal(fromBytes(wide))).toMatchObject({
      message:
        'Line 1 of "leads.csv" is not valid UTF-8. Nothing was imported. Choose the encoding "UTF-16, little endian", which it looks like, or save the file as "CSV UTF-8" and try again.',
      details: { suggestion: 'utf-16le' },
    })
    const odd = Buffer.concat([iconv.encode('email\na@x.example\n', 'utf-16le', { addBOM: true }), Buffer.from([0x41])])
    expect((await refusal(fromBytes(odd))).message).toMatch(
      /^Line 3 of "leads.csv" is not valid UTF-16, little endian\./,
    )
  })

  it('suggests what other scripts look like', async () => {
    const text = `email,name\n${Array.from({ length: 20 }, (_, i) => `a${i}@x.example,株式会社日本の会社`).join('\n')}`
    expect((await refusal(fromBytes(iconv.encode(text, 'shift_jis')))).details).toMatchObject({
      line: 2,
      suggestion: 'shift_jis',
    })
  })
})

describe('an encoding that is not UTF-8', () => {
  const detailsOf = async (text: string, encoding: string) =>
    (await refusal(fromBytes(iconv.encode(text, encoding)))).details as {
      suggestion: string | null
      previews?: { encoding: string; line: string }[]
    }
  const table = (...rows: string[]) => ['email;name', ...rows.map((row, i) => `a${i}@x.example;${row}`)].join('\n')

  it.each([
    ['windows-1252', 'windows-1252', table('Jörg Weiß', 'Käthe Müller', 'Çelik Ünal')],
    ['cp850', 'cp850', table('Jörg Weiß', 'Ägidius Grün', 'Ölmühle Nord')],
    ['windows-1251', 'windows-1251', table('Борис Окунев', 'Южный Свет')],
    ['windows-1254', 'windows-1254', table('Ayşe Yıldız', 'İbrahim Koç', 'Güneş Işığı')],
    ['windows-1250', 'windows-1250', table('Jiří Dvořák', 'Šťastný a syn')],
    ['windows-1253', 'windows-1253', table('Ελένη Παππά', 'Βόρειος Άνεμος', 'Ήλιος Νότου')],
    ['koi8-r', 'koi8-r', table('Борис Окунев', 'Южный Свет')],
    ['euc-kr', 'euc-kr', table('박서준', '한강전자', '이하늘', '대한상사')],
    ['big5', 'big5', table('陳志明', '南港電子公司', '王淑芬', '大同貿易行')],
    ['gb18030', 'gb18030', table('王伟', '南京电子公司', '李娜', '上海贸易有限公司')],
    ['shift_jis', 'shift_jis', table('山田太郎', '株式会社ひかり', '佐藤花子')],
  ])('is suggested where nothing else reads like text: %s', async (encoding, suggestion, text) => {
    expect(await detailsOf(text, encoding)).toMatchObject({ suggestion })
    const file = await fromBytes(iconv.encode(text, encoding), suggestion as CsvEncoding)
    expect((await rowsOf(file)).map(([, cells]) => cells.join(';')).join('\n')).toBe(text.slice('email;name\n'.length))
  })

  it('is never guessed between two alphabets that both fit: each is shown, for a person to choose', async () => {
    const bytes = iconv.encode(table('Muñoz'), 'windows-1252')
    const { message, details } = await refusal(fromBytes(bytes))
    expect(message).toBe(
      'Line 2 of "leads.csv" is not valid UTF-8. Nothing was imported. Which encoding it has cannot be told for certain: choose the one in which the names read right, or save the file as "CSV UTF-8" and try again.',
    )
    expect(details).toMatchObject({
      suggestion: null,
      previews: expect.arrayContaining([
        { encoding: 'windows-1252', line: 'a0@x.example;Muñoz' },
        { encoding: 'windows-1250', line: 'a0@x.example;Muńoz' },
      ]),
    })
  })

  it('is refused where its text would hold control characters', async () => {
    const bytes = iconv.encode(table('Jürgen Weiß'), 'cp850')
    expect(await refusal(fromBytes(bytes, 'windows-1254'))).toMatchObject({ code: 'unreadable_file' })
  })

  it('of a few lines spoils only those', async () => {
    const good = table('Søren Ærø', 'Åse Lind')
    const bytes = Buffer.concat([Buffer.from(`${good}\n`), iconv.encode('bad@x.example;Jörg\n', 'windows-1252')])
    const file = await fromBytes(bytes)
    expect([...file.badLines]).toEqual([4])
    expect((await rowsOf(file)).map(([, cells]) => cells[1])).toEqual(['Søren Ærø', 'Åse Lind', 'Jörg'])
  })
})
