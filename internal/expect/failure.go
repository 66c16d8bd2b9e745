package expect

import "github.com/hashicorp/hcl/v2"

// Failure is an expectation that does not hold.
type Failure struct {
	// Address is the address of the monitor. Group is the group that fails; "" for the monitor as a whole.
	Address, Group string
	// Attribute is the attribute of the expect block that fails; "" for the whole block.
	Attribute string
	// Expected and Actual are readable text: "Alert within 5m of incident_start (by 14:22:17)" and "Alert at
	// 14:26:02–14:27:01, 8m45s to 9m44s after incident_start".
	Expected, Actual string
	// Range is the location of the attribute, or of the block.
	Range hcl.Range
	// Timeline shows the groups that fail, as drawn by Timeline; "" if nothing was replayed.
	Timeline string
}
