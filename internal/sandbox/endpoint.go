package sandbox

import "net/http"

// endpoint handles one method of one path.
type endpoint struct {
	rate  rate
	serve func(*http.Request) *response
}

// globalRate is the rate limit of all endpoints without a specific one.
func globalRate() rate { return rate{"global_org", 12000, 60} }
