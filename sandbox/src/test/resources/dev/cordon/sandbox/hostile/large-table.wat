;; a table of nine million entries
(module
  (table 9000000 funcref)
  (memory (export "memory") 1)
  (func (export "analyse") (result i32) (i32.const 0)))
