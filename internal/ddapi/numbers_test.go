package ddapi_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ddmon/internal/ddapi"
)

// TestNumbersInResponses: a number that a float64 can hold keeps its digits, in every notation. Others are errors.
func TestNumbersInResponses(t *testing.T) {
	nines := strings.Repeat("9", 100)
	for number, valid := range map[string]bool{
		"0": true, "-0": true, "7": true, "0.1": true, "1e5": true, "1E5": true, "1e+5": true, "1e-5": true, "-1.5e-7": true, "1e308": true, "1e-308": true,
		"0e400": true, "0e-400": true, nines: true, "0." + nines[:98]: true, nines + "e-100": true,
		"0e401": false, "0e-401": false, "1e309": false, "-1e309": false, nines + "9": false, "0." + nines: false,
		"0e99999999999999999999": false, "0e-99999999999999999999": false,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"id":7,"unknown":` + number + `}`))
		}))
		c, err := ddapi.New(ddapi.Config{APIKey: "k", AppKey: "k", Host: server.URL})
		if err != nil {
			t.Fatal(err)
		}
		body, err := c.Get(t.Context(), monitor, "7")
		server.Close()
		if (err == nil) != valid || valid && body["unknown"] != json.Number(number) || err != nil && !strings.Contains(err.Error(), "a number that is too large or too small") {
			t.Errorf("%s: %v, %v", number, body["unknown"], err)
		}
	}
}
