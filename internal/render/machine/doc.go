// Package machine writes diagnostics, events, results and schemas for other programs: JSON, SARIF, JUnit XML, and
// GitHub workflow commands and files. It only formats what it is given. Output that programs show to users (JUnit,
// annotations) is safe.Text. JSON keeps every string, and escapes the characters that could control a terminal.
//
// Start reading at JSON.
package machine
