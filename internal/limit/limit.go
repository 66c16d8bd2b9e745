// Package limit keeps the reading of a configuration within bounds: a few lines of HCL can otherwise ask for more time
// or memory than any machine has. Whoever reads files checks them before parsing (Source, JSON, YAML, CSV), and
// evaluates expressions through a Meter, which counts what they do and stops at the first limit that is passed. A limit
// that is passed is a Fault, which names the limit and says what to do. Start reading at Meter.
//
// The package imports nothing of ddmon. The limits are the same for every command, and depend neither on the machine
// nor on the clock.
package limit

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
)

// What a configuration may hold and do. A stack of 10,000 objects made from one list in YAML uses about a third of
// MaxSteps and MaxMemory, and a tenth of the others.
const (
	// MaxFileBytes is the size of a file: configuration, variables, or what file() reads. A recording's files may be
	// larger.
	MaxFileBytes = 16 << 20
	// MaxTokens counts the words, numbers, signs and lines of all files of HCL together. Parsing a million takes a second
	// and about 400 MB.
	MaxTokens = 1_000_000
	// MaxNesting is how deep brackets may be nested in a file.
	MaxNesting = 2000
	// MaxDepth is how deep one expression may be; each operator of a chain is one level.
	MaxDepth = 5000
	// MaxDigits is the length of a number that is written down.
	MaxDigits = 1000
	// MaxExponent bounds numbers to those between 2^-MaxExponent and 2^MaxExponent: 10^1233.
	MaxExponent = 4096
	// MaxSteps counts the operations of all evaluation together; an iteration of a for expression is a few.
	MaxSteps = 6_000_000
	// MaxMemory counts the bytes of all values that evaluation makes, whether they are kept or not.
	MaxMemory = 128 << 20
	// MaxText is the length of a text in bytes, or of all texts in one value.
	MaxText = 16 << 20
	// MaxElements counts the elements of a list or map, those of the lists and maps in it included.
	MaxElements = 1_000_000
	// MaxValueNesting is how deep lists and maps may be nested in a value.
	MaxValueNesting = 500
	// MaxPattern is the size of a compiled regular expression in instructions.
	MaxPattern = 10_000
)

// What values cost. An element is what Go needs for one, and a decoded document has types besides.
const (
	elementBytes   = 32
	decodedBytes   = 300
	markBytes      = 40
	problemBytes   = 400
	decodedSteps   = 20
	nodeSteps      = 2
	iterationSteps = 10
	callSteps      = 10
	// A word or sign of a template that is parsed.
	tokenSteps = 10
	tokenBytes = 100
	// FileSteps is what looking at a file or folder costs.
	FileSteps = 100
)

// Fault is a limit that was passed.
type Fault struct {
	Summary, Detail string
	// Range is where; nil if whoever finds it does not know.
	Range *hcl.Range
}

func (f *Fault) Error() string { return f.Detail }

// Place gives a fault its place, unless it has one.
func (f *Fault) Place(r hcl.Range) *Fault {
	if f.Range == nil {
		f.Range = &r
	}
	return f
}

func tooManySteps() *Fault {
	return &Fault{Summary: "Evaluation takes too long", Detail: fmt.Sprintf("Evaluating the configuration takes more than %s steps (limit MaxSteps). "+
		"Iterate over less: look at nested for expressions and at what is computed again for each object.", number(MaxSteps))}
}

func tooMuchMemory() *Fault {
	return &Fault{Summary: "Evaluation needs too much memory", Detail: fmt.Sprintf("Evaluating the configuration makes values of more than %d MiB in all (limit "+
		"MaxMemory). Make fewer or smaller ones: look at texts and lists that are repeated.", MaxMemory>>20)}
}

func tooLong() *Fault {
	return &Fault{Summary: "Text too long", Detail: fmt.Sprintf("This makes a text, or a value with texts, of more than %d MiB (limit MaxText). Datadog accepts a "+
		"small part of that: make a shorter one.", MaxText>>20)}
}

func tooManyElements() *Fault {
	return &Fault{Summary: "Too many elements", Detail: fmt.Sprintf("This makes a value of more than %s elements (limit MaxElements). Make a smaller one.", number(MaxElements))}
}

func tooNested() *Fault {
	return &Fault{Summary: "Nested too deep", Detail: fmt.Sprintf("This makes a value whose lists and maps are nested more than %d levels deep (limit MaxValueNesting). "+
		"Make a flatter one.", MaxValueNesting)}
}

func tooLarge() *Fault {
	return &Fault{Summary: "Number out of range", Detail: fmt.Sprintf("This makes a number that is larger than 2^%d, or closer to 0 than 2^-%d (limit MaxExponent). Datadog "+
		"computes in 64-bit floating point: use a number that fits.", MaxExponent, MaxExponent)}
}

func tooManyDigits() *Fault {
	return &Fault{Summary: "Number too long", Detail: fmt.Sprintf("A number has at most %s digits (limit MaxDigits). Datadog computes in 64-bit floating point: use a "+
		"number that fits.", number(MaxDigits))}
}

// TooLargeFile is the fault of a file that is larger than MaxFileBytes.
func TooLargeFile(name string) *Fault {
	at := hcl.Range{Filename: name, Start: hcl.InitialPos, End: hcl.InitialPos}
	return &Fault{Summary: "File too large", Detail: fmt.Sprintf("The file %s is larger than %d MiB (limit MaxFileBytes). Split it, or keep its data elsewhere.",
		name, MaxFileBytes>>20), Range: &at}
}

// number writes 10000000 as 10,000,000.
func number(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", number(n/1000), n%1000)
}
