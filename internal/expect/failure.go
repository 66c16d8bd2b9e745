package expect

import "github.com/hashicorp/hcl/v2"

// Failure is an expectation that does not hold.
type Failure struct {
	// Address is the monitor's. Group is the group concerned, "" if that is the monitor as a whole.
	Address, Group string
	// Attribute is the one of the expect block that does not hold, "" if all of the block is meant.
	Attribute string
	// Expected and Actual are texts for a person: "Alert within 5m of incident_start (until 14:22:17)" and "Alert at
	// 14:26:02–14:27:01, 8m45s to 9m44s after incident_start".
	Expected, Actual string
	// Range is where the attribute is written, or the block.
	Range hcl.Range
	// Timeline shows the states of the groups concerned, as Timeline draws them; "" if nothing was replayed.
	Timeline string
}
