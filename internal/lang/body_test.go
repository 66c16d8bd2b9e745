package lang

import (
	"encoding/json"
	"math/big"
	"testing"
)

func TestNumber(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "5.0": "5", "1e3": "1000", "1e21": "1000000000000000000000", "0.1": "0.1", "-2.50": "-2.5", "1e-7": "0.0000001",
		"12345678901234567": "12345678901234567", "0.3333333333333333333333333": "0.3333333333333333",
	} {
		f, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		if got := (&Conversion{}).number(f); got != json.Number(want) {
			t.Errorf("%s: want %s, got %v", text, want, got)
		}
	}
}
