// Package machine writes diagnostics, events, results and schemas for other programs: JSON, SARIF, JUnit XML, and the
// commands and files of GitHub Actions. It decides nothing. What a program shows to a person (JUnit, annotations) is
// safe.Text; JSON keeps every text, with escapes that mean the same for what would act on a terminal.
//
// Start reading at JSON.
package machine
