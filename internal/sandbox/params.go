package sandbox

import (
	"net/url"
	"strconv"
)

// maxParameter bounds numbers in a query so that sums and products with them stay numbers.
const maxParameter = 1 << 53

// intParam reads a whole number of a request's query, or the default if it is not there; otherwise the text of the
// refusal.
func intParam(q url.Values, name string, missing int64) (int64, string) {
	if !q.Has(name) {
		return missing, ""
	}
	n, err := strconv.ParseInt(q.Get(name), 10, 64)
	if err != nil || n < 0 {
		return 0, invalidParameter(name)
	}
	return min(n, maxParameter), ""
}
