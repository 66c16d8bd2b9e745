package lint

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/guide"
	"ddmon/internal/object"
)

// Input is the input of Validate and Lint. They do not modify it.
type Input struct {
	// Stack is the stack's name.
	Stack string
	// Objects are the objects of the configuration, sorted by address.
	Objects []*object.Object
	// Guides are the guides of the configuration.
	Guides []*guide.Guide
	// Metrics is the metric metadata. nil means DefaultMetrics.
	Metrics *Metrics
	// Locate returns the position in the files of the bytes [from,to) of the string at a path of an object. For an
	// object.Text, the bytes are those of its String method. If Locate is nil, findings point at whole values.
	Locate func(o *object.Object, p object.Path, from, to int) hcl.Range
	// SkipMetrics skips the checks of CheckLive that ask for metrics.
	SkipMetrics bool
	// Options select the rules.
	Options Options
}

// Options select rules.
type Options struct {
	// Enable lists the codes of rules to run that are off by default (see Rule.OptIn).
	Enable []string
	// Disable lists the codes of rules to skip.
	Disable []string
}
