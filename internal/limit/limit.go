// Package limit limits the time and memory for reading a configuration. Without limits, a few lines of HCL can require
// more than any machine has. Callers check files before parsing them (Source, JSON, YAML, CSV) and evaluate expressions
// through a Meter, which counts steps and memory and stops at the first limit that is exceeded. An Error names the
// exceeded limit and says what to do. Start reading at Meter.
//
// The limits are the same for every command and do not depend on the machine or the clock.
package limit

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
)

// Limits of a configuration. A stack of 10,000 objects created from one YAML list uses about a third of MaxSteps and
// MaxMemory, and a tenth of the others.
const (
	// MaxFileBytes is the size of a file: configuration, variables, or a file read by file(). Files of recordings can be
	// larger.
	MaxFileBytes = 16 << 20
	// MaxTokens counts the words, numbers, symbols and lines of all HCL files together. Parsing a million takes a second
	// and about 400 MB.
	MaxTokens = 1_000_000
	// MaxNesting is the maximum nesting of brackets in a file.
	MaxNesting = 2000
	// MaxDepth is the maximum depth of an expression. Each operator of a chain is one level.
	MaxDepth = 5000
	// MaxDigits is the length of a number literal.
	MaxDigits = 1000
	// MaxExponent limits numbers to between 2^-MaxExponent and 2^MaxExponent, which contains all 64-bit floating-point
	// numbers.
	MaxExponent = 1074
	// MaxSteps counts the operations of all evaluations together. An iteration of a for expression is a few.
	MaxSteps = 6_000_000
	// MaxMemory counts the bytes of all values created by evaluation, including temporary ones.
	MaxMemory = 128 << 20
	// MaxText is the length of a string in bytes, or of all strings in one value.
	MaxText = 16 << 20
	// MaxElements counts the elements of a list or map, including those of nested lists and maps.
	MaxElements = 1_000_000
	// MaxValueNesting is the maximum nesting of lists and maps in a value.
	MaxValueNesting = 500
	// MaxPattern is the size of a compiled regular expression in instructions.
	MaxPattern = 10_000
)

// Costs of values. An element costs the memory of its Go representation; a decoded document also has types.
const (
	elementBytes   = 32
	decodedBytes   = 300
	markBytes      = 40
	problemBytes   = 400
	decodedSteps   = 20
	nodeSteps      = 2
	iterationSteps = 10
	callSteps      = 10
	// A word or symbol of a template that is parsed.
	tokenSteps = 10
	tokenBytes = 100
	// FileSteps is the cost of accessing a file or folder.
	FileSteps = 100
)

// Error reports an exceeded limit.
type Error struct {
	Summary, Detail string
	// Range is the location; nil if it is unknown.
	Range *hcl.Range
}

func (e *Error) Error() string { return e.Detail }

// WithRange sets the range of an error, unless it has one.
func (e *Error) WithRange(r hcl.Range) *Error {
	if e.Range == nil {
		e.Range = &r
	}
	return e
}

func tooManySteps() *Error {
	return &Error{Summary: "Evaluation takes too long", Detail: fmt.Sprintf("Evaluating the configuration takes more than %s steps (limit MaxSteps). "+
		"Iterate over less data: check nested for expressions, and values that are computed again for each object.", number(MaxSteps))}
}

func tooMuchMemory() *Error {
	return &Error{Summary: "Evaluation needs too much memory", Detail: fmt.Sprintf("Evaluating the configuration creates values of more than %d MiB in total (limit "+
		"MaxMemory). Create fewer or smaller values: check strings and lists that are repeated.", MaxMemory>>20)}
}

func tooLong() *Error {
	return &Error{Summary: "String too long", Detail: fmt.Sprintf("This creates a string, or a value with strings, of more than %d MiB (limit MaxText). Datadog accepts "+
		"only much shorter strings: shorten it.", MaxText>>20)}
}

func tooManyElements() *Error {
	return &Error{Summary: "Too many elements", Detail: fmt.Sprintf("This creates a value of more than %s elements (limit MaxElements). Create a smaller value.", number(MaxElements))}
}

func tooNested() *Error {
	return &Error{Summary: "Nesting too deep", Detail: fmt.Sprintf("This creates a value with lists and maps nested more than %d levels deep (limit MaxValueNesting). "+
		"Create a flatter value.", MaxValueNesting)}
}

func tooLarge() *Error {
	return &Error{Summary: "Number out of range", Detail: fmt.Sprintf("The result is larger than 2^%d or closer to 0 than 2^-%d (limit MaxExponent). Datadog uses "+
		"64-bit floating point: use a number that fits.", MaxExponent, MaxExponent)}
}

func infinite() *Error {
	return &Error{Summary: "Number out of range", Detail: "The result is infinite, such as that of a division by zero. Use a condition to avoid it."}
}

func tooManyDigits() *Error {
	return &Error{Summary: "Number too long", Detail: fmt.Sprintf("A number can have at most %s digits (limit MaxDigits). Datadog uses 64-bit floating point: use a "+
		"number that fits.", number(MaxDigits))}
}

// FileTooLarge returns the Error for a file larger than MaxFileBytes.
func FileTooLarge(name string) *Error {
	at := hcl.Range{Filename: name, Start: hcl.InitialPos, End: hcl.InitialPos}
	return &Error{Summary: "File too large", Detail: fmt.Sprintf("The file %s is larger than %d MiB (limit MaxFileBytes). Split it, or remove data from it.",
		name, MaxFileBytes>>20), Range: &at}
}

// number formats 10000000 as 10,000,000.
func number(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", number(n/1000), n%1000)
}
