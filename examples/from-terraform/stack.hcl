# A Terraform module (*.tf) and the same monitors for ddmon (*.hcl). See README.md.

stack "shop" {}
