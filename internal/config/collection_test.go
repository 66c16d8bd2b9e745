package config

import "testing"

// TestBareCollections: list, set and map without an argument are collections of anything, as in Terraform.
func TestBareCollections(t *testing.T) {
	for _, text := range []string{
		`type = list` + "\n" + `default = ["a", "b"]`, `type = set` + "\n" + `default = ["a"]`,
		`type = map` + "\n" + `default = { a = "b" }`, `type = map` + "\n" + `default = { a = 1, b = 2 }`,
	} {
		_, diags := loadText(t, "variable \"x\" {\n"+text+"\n}\n")
		if diags.HasErrors() {
			t.Errorf("%s: %s", text, diags)
		}
	}
}
