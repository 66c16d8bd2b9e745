// Package guidefile reads the guide blocks of a stack. Conditions and references (when, findings, monitors, probe) are
// read from the syntax, because the verdicts of steps do not exist before a guide runs; all other attributes are
// evaluated in the stack's scope. Invalid input results in a diagnostic, never in a panic.
//
// It uses no files or network. Start reading at Guides.Evaluate.
package guidefile
