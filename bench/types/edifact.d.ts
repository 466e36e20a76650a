/** The part of the npm package `edifact` that the decode bench measures. */
declare module 'edifact' {
  export class Parser {
    onopensegment: (tag: string) => void
    onelement: () => void
    oncomponent: (value: string) => void
    encoding(level: string): void
    write(text: string): void
    end(): void
  }
}
