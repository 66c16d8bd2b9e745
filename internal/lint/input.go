package lint

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
)

// Input is what Validate and Lint look at. Nothing in it is changed.
type Input struct {
	// Stack is the stack's name.
	Stack string
	// Objects are the desired objects, sorted by address.
	Objects []*object.Object
	// Facts are what is known of metrics; DefaultFacts if nil.
	Facts *Facts
	// Locate returns where the bytes [from,to) of the string at a path of an object stand in the files. Of an
	// object.Text they are bytes of what its String method returns. Where Locate is nil, findings point at whole values.
	Locate func(o *object.Object, p object.Path, from, to int) hcl.Range
	// Options choose what is looked for.
	Options Options
}

// Options choose rules.
type Options struct {
	// Enable names, by code, rules that only run when asked for (see Rule.OnRequest).
	Enable []string
	// Disable names rules that do not run.
	Disable []string
}
